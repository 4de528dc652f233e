import { Decimal } from '@tollgate/kernel'
import type { UnitPriceDraft } from '../../model/drafts/price-draft.ts'

type Fields = Readonly<Record<string, unknown>>

/** LiteLLM's keys for prices of units. `mode` is set if the key means these units only for this kind of model. */
const UNIT_KEYS: Readonly<Record<string, Omit<UnitPriceDraft, 'price'> & { readonly mode?: string }>> = {
  ocr_cost_per_page: { kind: 'page' },
  annotation_cost_per_page: { kind: 'page', variant: 'annotated' },
  file_search_cost_per_1k_calls: { kind: 'file_search', per: 1_000 },
  code_interpreter_cost_per_session: { kind: 'session' },
  input_cost_per_query: { kind: 'rerank_search' },
  citation_cost_per_token: { kind: 'citation_token' },
  input_cost_per_second: { kind: 'audio_second', mode: 'audio_transcription' },
  input_cost_per_character: { kind: 'character', mode: 'audio_speech' },
  output_cost_per_image: { kind: 'image', mode: 'image_generation' },
  output_cost_per_video_per_second: { kind: 'video_second', mode: 'video_generation' },
}

/** Key of prices by search context size. */
const SEARCH_KEY = 'search_context_cost_per_query'
const SEARCH_SIZES = ['low', 'medium', 'high'] as const

/** Prices of units in an entry, and the keys that they are read from. */
export interface ListedUnits {
  readonly units: readonly UnitPriceDraft<Decimal>[]
  readonly keys: ReadonlySet<string>
}

/** Reads the prices of units in LiteLLM's entry of a model. */
export function readLiteLlmUnits(entry: Fields): ListedUnits {
  const units: UnitPriceDraft<Decimal>[] = []
  const keys = new Set<string>()
  for (const [key, { mode, ...unit }] of Object.entries(UNIT_KEYS)) {
    const price = entry[key]
    if (!(price instanceof Decimal) || (mode !== undefined && entry['mode'] !== mode)) continue
    units.push({ ...unit, price })
    keys.add(key)
  }
  const searches = readSearches(entry)
  if (searches.length > 0) keys.add(SEARCH_KEY)
  // Some transcriptions repeat the price of a second as that of the output, which has no seconds.
  if (keys.has('input_cost_per_second')) keys.add('output_cost_per_second')
  return { units: [...units, ...searches], keys }
}

/**
 * Reads `search_context_cost_per_query: { search_context_size_low: 0.005, … }`. Perplexity charges it for each request, of size
 * "low" by default; Google for each prompt that is grounded, or for each search of newer models; others for each search.
 */
function readSearches(entry: Fields): readonly UnitPriceDraft<Decimal>[] {
  const listed = entry[SEARCH_KEY]
  if (typeof listed !== 'object' || listed === null) return []
  const prices = SEARCH_SIZES.flatMap(size => {
    const price = (listed as Fields)[`search_context_size_${size}`]
    return price instanceof Decimal ? [{ variant: size, price }] : []
  })
  const [first, ...others] = prices
  if (first === undefined) return []
  const kind = searchKind(entry)
  if (others.every(({ price }) => price.eq(first.price))) return [{ kind, price: first.price }]
  return [...(kind === 'request' ? [{ kind, price: first.price }] : []), ...prices.map(price => ({ kind, ...price }))]
}

function searchKind({ litellm_provider: provider, web_search_billing_unit: unit }: Fields): string {
  if (provider === 'perplexity') return 'request'
  const isGoogle = typeof provider === 'string' && /^(?:gemini|vertex_ai)/.test(provider)
  return isGoogle && unit !== 'per_query' ? 'grounded_prompt' : 'web_search'
}
