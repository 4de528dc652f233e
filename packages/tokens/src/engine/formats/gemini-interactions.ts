import { countReader, sumCounts } from '../count-reader.ts'
import { groundingUnits } from '../google/grounding-units.ts'
import { readField, readList, readObject, readText } from '../read-fields.ts'
import { readModalities } from '../google/read-modalities.ts'
import { units } from '../read-units.ts'
import { reconcileTotal } from '../reconcile-total.ts'
import type { ProviderCall, UsageFormat } from '../usage-format.ts'

/** Kinds of units by the names of Google's tools. */
const TOOLS: Readonly<Record<string, string>> = { google_search: 'web_search', google_maps: 'maps_search' }

/** Google's Interactions, in snake case on its own API and in camel case on Vertex. Output excludes thoughts. */
export const geminiInteractions: UsageFormat = (body, call) => {
  const { provider } = call
  const usage = readObject(body, 'usage')
  const counts = countReader(usage, provider)
  const input = counts.first('total_input_tokens', 'totalInputTokens')
  if (usage === undefined || input === undefined) return undefined
  const details = (...names: readonly string[]) => readModalities(readList(usage, ...names), provider)
  const thoughts = counts.first('total_thought_tokens', 'totalThoughtTokens') ?? 0
  const tools = details('tool_use_tokens_by_modality', 'toolUseTokensByModality')
  const inputs = details('input_tokens_by_modality', 'inputTokensByModality')
  const outputs = details('output_tokens_by_modality', 'outputTokensByModality')
  const cached = details('cached_tokens_by_modality', 'cachedTokensByModality')
  const whole = reconcileTotal({
    input: input + (counts.first('total_tool_use_tokens', 'totalToolUseTokens') ?? 0),
    output: (counts.first('total_output_tokens', 'totalOutputTokens') ?? 0) + thoughts,
    cached: 0,
    reasoning: thoughts,
    total: counts.first('total_tokens', 'totalTokens'),
  })
  return {
    counts: {
      ...whole,
      cacheRead: counts.first('total_cached_tokens', 'totalCachedTokens'),
      cacheReadAudio: cached.audio,
      cacheReadImage: cached.image,
      cacheReadVideo: cached.video,
      audioInput: sumCounts(inputs.audio, tools.audio),
      imageInput: sumCounts(inputs.image, tools.image),
      videoInput: sumCounts(inputs.video, tools.video),
      audioOutput: outputs.audio,
      imageOutput: outputs.image,
      videoOutput: outputs.video,
    },
    units: toolUnits(body, { usage, call }),
    serviceTier: readText(body, 'service_tier', 'serviceTier'),
  }
}

/** Reads the counts of tools if there are any, or else the calls of tools in the steps. */
function toolUnits(body: object, { usage, call }: { readonly usage: object; readonly call: ProviderCall }) {
  const counts = readList(usage, 'grounding_tool_count', 'groundingToolCount')
  if (counts.length > 0) {
    return counts.flatMap(tool => {
      const type = readText(tool, 'type') ?? 'tool'
      return units(call.provider, { kind: TOOLS[type] ?? type, quantity: readField(tool, 'count') })
    })
  }
  const steps = readList(body, 'steps', 'outputs')
  const searches = steps.filter(step => readField(step, 'type') === 'google_search_call')
  const queries = searches.flatMap(step => readList(readField(step, 'arguments'), 'queries'))
  return groundingUnits({ queries, hasWeb: searches.length > 0, hasMaps: steps.some(step => readField(step, 'type') === 'google_maps_call') }, call)
}
