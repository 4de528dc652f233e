import { cacheWritesByLifetime } from '../cache-writes.ts'
import { countReader, sumCounts } from '../count-reader.ts'
import type { InclusiveCounts } from '../inclusive-counts.ts'
import { modelModality } from '../model-modality.ts'
import { isObject } from '../../model/is-object.ts'
import { readField, readFirst, readObject } from '../read-fields.ts'
import { reconcileTotal } from '../reconcile-total.ts'
import type { AiSdkCall } from './ai-sdk-call.ts'

const SOURCE = 'ai-sdk'

/**
 * Reads the counts of the AI SDK itself. Undefined if it has none. Formats, newest first (packages/provider and packages/ai of
 * vercel/ai):
 * - a model's `{ inputTokens: { total, noCache, cacheRead, cacheWrite }, outputTokens: { total, text, reasoning } }`;
 * - a result's `{ inputTokens, inputTokenDetails: { … }, outputTokens, outputTokenDetails: { … } }`, which are totals and their parts;
 * - version 5's `{ inputTokens, outputTokens, reasoningTokens, cachedInputTokens }`;
 * - version 4's `{ promptTokens, completionTokens }`, with other counts in the provider's metadata.
 *
 * In the first two, the input always includes the cache. In the last two, it is what the provider counted: Anthropic and
 * Bedrock exclude the cache, other providers include it.
 */
export function aiSdkCounts(call: AiSdkCall): InclusiveCounts | undefined {
  const { usage } = call
  if (isObject(readField(usage, 'inputTokens'))) return modelCounts(usage)
  const counts = countReader(usage, SOURCE)
  const input = counts.first('inputTokens', 'promptTokens', 'tokens')
  const output = counts.first('outputTokens', 'completionTokens')
  if (input === undefined && output === undefined) return undefined
  const parts = isObject(readField(usage, 'inputTokenDetails')) ? resultCounts(usage, { input, output }) : earlierCounts(call, { input, output })
  // Results of image models have no details: their output is images.
  return modelModality(call.model ?? null) === 'image' ? { ...parts, imageOutput: parts.output } : parts
}

function modelCounts(usage: unknown): InclusiveCounts {
  const input = countReader(readField(usage, 'inputTokens'), SOURCE)
  const output = countReader(readField(usage, 'outputTokens'), SOURCE)
  const cacheRead = input.first('cacheRead')
  const cacheWrite = input.first('cacheWrite')
  const reasoning = output.first('reasoning')
  return {
    input: input.first('total') ?? sumCounts(input.first('noCache'), cacheRead, cacheWrite),
    cacheRead,
    ...writes(readField(usage, 'raw'), cacheWrite),
    output: output.first('total') ?? sumCounts(output.first('text'), reasoning),
    reasoning,
  }
}

interface Totals {
  readonly input: number | undefined
  readonly output: number | undefined
}

function resultCounts(usage: unknown, { input, output }: Totals): InclusiveCounts {
  const details = countReader(readField(usage, 'inputTokenDetails'), SOURCE)
  return {
    input,
    cacheRead: details.first('cacheReadTokens'),
    ...writes(readField(usage, 'raw'), details.first('cacheWriteTokens')),
    output,
    reasoning: countReader(readField(usage, 'outputTokenDetails'), SOURCE).first('reasoningTokens'),
  }
}

function earlierCounts({ usage, providerMetadata, provider = '' }: AiSdkCall, { input = 0, output = 0 }: Totals): InclusiveCounts {
  const anthropic = readObject(providerMetadata, 'anthropic')
  const bedrock = readObject(providerMetadata, 'bedrock')
  const anthropicUsage = readObject(anthropic, 'usage')
  const bedrockUsage = readObject(bedrock, 'usage')
  const ofOpenAi = countReader(readObject(providerMetadata, 'openai'), SOURCE)
  const ofAnthropic = countReader(anthropic, SOURCE)
  const ofAnthropicUsage = countReader(anthropicUsage, SOURCE)
  const ofBedrock = countReader(bedrockUsage, SOURCE)
  const counts = countReader(usage, SOURCE)
  const cacheRead =
    counts.first('cachedInputTokens') ??
    ofAnthropic.first('cacheReadInputTokens') ??
    ofAnthropicUsage.first('cache_read_input_tokens') ??
    ofBedrock.first('cacheReadInputTokens') ??
    ofOpenAi.first('cachedPromptTokens') ??
    0
  const written =
    ofAnthropic.first('cacheCreationInputTokens') ?? ofAnthropicUsage.first('cache_creation_input_tokens') ?? ofBedrock.first('cacheWriteInputTokens')
  const cacheWrites = cacheWritesByLifetime(readField(bedrockUsage, 'cacheDetails') ?? readField(anthropicUsage, 'cache_creation'), written ?? 0, SOURCE)
  const cached = cacheRead + cacheWrites.cacheWrite
  const excludesCache = anthropic !== undefined || bedrock !== undefined || /anthropic|bedrock/i.test(provider)
  const whole = reconcileTotal({
    input: excludesCache ? input + cached : input,
    output,
    cached,
    reasoning: counts.first('reasoningTokens') ?? ofOpenAi.first('reasoningTokens') ?? 0,
    // Google's total shows that its output excludes thoughts.
    total: counts.first('totalTokens'),
  })
  return { ...whole, cacheRead, ...cacheWrites }
}

/** Lifetimes are in Anthropic's own usage only, which the SDK passes on. */
function writes(raw: unknown, cacheWrite: number | undefined): InclusiveCounts {
  return cacheWritesByLifetime(readFirst(raw, ['cacheDetails', 'cache_creation']), cacheWrite ?? 0, SOURCE)
}
