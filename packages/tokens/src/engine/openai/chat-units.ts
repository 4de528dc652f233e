import type { UsageUnit } from '../../model/usage-unit.ts'
import { countReader, sumCounts } from '../count-reader.ts'
import { readField, readList, readObject, readText } from '../read-fields.ts'
import { namedUnits, type UnitName, units } from '../read-units.ts'
import type { ProviderCall } from '../usage-format.ts'
import { isPlainSonar } from './is-plain-sonar.ts'

/** Kinds of units by the names of Mistral's connectors. */
const CONNECTORS: Readonly<Record<string, UnitName>> = {
  web_search: { kind: 'web_search' },
  web_search_premium: { kind: 'web_search', variant: 'premium' },
  code_interpreter: { kind: 'code_execution' },
  image_generation: { kind: 'image' },
  document_library: { kind: 'file_search' },
}

/** Kinds of units by the types of tools that Groq runs. A visited page costs the tokens that it adds. */
const GROQ_TOOLS: Readonly<Record<string, string>> = { search: 'web_search', python: 'code_execution' }

/** Reads what chat completions bill besides tokens: searches, code, seconds of audio, requests. */
export function chatUnits(body: object, { usage, call }: { readonly usage: object; readonly call: ProviderCall }): readonly UsageUnit[] {
  const { provider } = call
  const counts = countReader(usage, provider)
  const searches =
    readField(readObject(usage, 'server_tool_use'), 'web_search_requests') ?? readField(readObject(usage, 'prompt_tokens_details'), 'web_search_requests')
  return [
    ...perplexityUnits(usage, call),
    ...openAiSearchModelUnits(call),
    ...units(provider, { kind: 'web_search', quantity: searches }),
    ...units(provider, { kind: 'audio_second', quantity: readField(usage, 'prompt_audio_seconds') }),
    ...units(provider, { kind: 'search_source', quantity: readField(usage, 'num_sources_used') }),
    ...units(provider, { kind: 'pixel', quantity: sumCounts(counts.first('image_pixels'), counts.first('video_pixels')) }),
    ...namedUnits(provider, readField(usage, 'connectors'), name => CONNECTORS[name] ?? { kind: name }),
    ...groqUnits(body),
  ]
}

/**
 * Perplexity bills deep research by search, and its other models by request, at a fee that depends on the size of the search
 * context. The smallest is the default.
 */
function perplexityUnits(usage: object, { provider, model }: ProviderCall): readonly UsageUnit[] {
  const contextSize = readText(usage, 'search_context_size')
  const billsRequest = isPlainSonar(model) && (contextSize !== undefined || /perplexity/i.test(provider))
  return billsRequest
    ? units(provider, { kind: 'request', quantity: 1, variant: contextSize ?? 'low' })
    : units(provider, { kind: 'web_search', quantity: readField(usage, 'num_search_queries') })
}

/** OpenAI's search models search once for every request. */
function openAiSearchModelUnits({ provider, model }: ProviderCall): readonly UsageUnit[] {
  const kind = /-search-(preview|api)/i.exec(model ?? '')?.[1]?.toLowerCase()
  if (kind === undefined) return []
  return units(provider, { kind: 'web_search', quantity: 1, variant: kind === 'preview' ? 'preview' : undefined })
}

function groqUnits(body: object): readonly UsageUnit[] {
  const tools = readList(body, 'choices').flatMap(choice => readList(readField(choice, 'message'), 'executed_tools'))
  const kinds = tools.flatMap(tool => GROQ_TOOLS[readText(tool, 'type') ?? ''] ?? [])
  return [...Map.groupBy(kinds, kind => kind)].map(([kind, { length }]) => ({ kind, quantity: String(length) }))
}
