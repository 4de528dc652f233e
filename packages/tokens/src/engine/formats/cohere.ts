import { countReader, sumCounts } from '../count-reader.ts'
import { readField, readFirst, readObject } from '../read-fields.ts'
import { units } from '../read-units.ts'
import type { UsageFormat } from '../usage-format.ts'

/**
 * Cohere's chat, embeddings, rerankings and classifications. What it bills (`billed_units`) is less than what its models
 * process (`tokens`, for the API flavor "tokens"), because it does not bill its own prompts.
 */
export const cohere: UsageFormat = (body, { provider, apiFlavor }) => {
  const meta = [readObject(body, 'usage'), readObject(body, 'meta')].find(part => readObject(part, 'billed_units', 'billedUnits', 'tokens') !== undefined)
  if (meta === undefined) return undefined
  const billed = readObject(meta, 'billed_units', 'billedUnits')
  const processed = readObject(meta, 'tokens')
  if (processed !== undefined && (billed === undefined || apiFlavor === 'tokens')) {
    const counts = countReader(processed, provider)
    return {
      counts: {
        input: counts.first('input_tokens', 'inputTokens'),
        output: counts.first('output_tokens', 'outputTokens'),
        cacheRead: countReader(meta, provider).first('cached_tokens', 'cachedTokens'),
      },
    }
  }
  const counts = countReader(billed, provider)
  const imageInput = counts.first('image_tokens', 'imageTokens')
  return {
    counts: { input: sumCounts(counts.first('input_tokens', 'inputTokens'), imageInput), imageInput, output: counts.first('output_tokens', 'outputTokens') },
    units: units(
      provider,
      { kind: 'rerank_search', quantity: readFirst(billed, ['search_units', 'searchUnits']) },
      { kind: 'classification', quantity: readField(billed, 'classifications') },
      { kind: 'image', quantity: imageInput === undefined ? readField(billed, 'images') : 0 },
    ),
  }
}
