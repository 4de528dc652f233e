import { readCount, readField } from './read-fields.ts'
import type { InclusiveCounts } from './exclusive-pools.ts'
import { toTokenUsage } from './to-token-usage.ts'
import type { TokenUsage } from './token-usage.ts'
import { TokenUsageUnreadable } from './token-usage-unreadable.ts'

/** What version 4 or later of the Vercel AI SDK reports about a call. */
export interface AiSdkCall {
  /** `result.usage`, `result.totalUsage`, or `usage` of a model's result or finish part. */
  readonly usage: unknown
  /** `result.providerMetadata`. Before version 6, only this has the tokens written to the cache. */
  readonly providerMetadata?: unknown
  /** The model's `provider`, such as "anthropic.messages". Before version 6, the meaning of `inputTokens` depends on it. */
  readonly provider?: string | undefined
}

/**
 * Reads the usage of a call through the Vercel AI SDK as exclusive pools. Throws `TokenUsageUnreadable`.
 *
 * Formats, newest first (packages/provider and packages/ai of vercel/ai):
 * - a model's `{ inputTokens: { total, noCache, cacheRead, cacheWrite }, outputTokens: { total, text, reasoning } }`;
 * - a result's `{ inputTokens, inputTokenDetails: { … }, outputTokens, outputTokenDetails: { … } }`, which are totals and their parts;
 * - version 5's `{ inputTokens, outputTokens, reasoningTokens, cachedInputTokens }`;
 * - version 4's `{ promptTokens, completionTokens }`, with other counts in the provider's metadata.
 *
 * In the first two, the input always includes the cache. In the last two, it is what the provider counted: Anthropic and
 * Bedrock exclude the cache, other providers include it.
 */
export function readAiSdkUsage({ usage, providerMetadata, provider = '' }: AiSdkCall): TokenUsage {
  const counts = countsOf(usage, { metadata: providerMetadata, provider })
  if (counts === undefined) throw new TokenUsageUnreadable('ai-sdk', 'it has neither inputTokens nor promptTokens')
  return toTokenUsage('ai-sdk', counts)
}

interface Origin {
  readonly metadata: unknown
  readonly provider: string
}

function countsOf(usage: unknown, origin: Origin): InclusiveCounts | undefined {
  if (isObject(readField(usage, 'inputTokens'))) return modelCounts(usage)
  const input = number(usage, 'inputTokens') ?? number(usage, 'promptTokens') ?? number(usage, 'tokens')
  const output = number(usage, 'outputTokens') ?? number(usage, 'completionTokens')
  if (input === undefined && output === undefined) return undefined
  return isObject(readField(usage, 'inputTokenDetails')) ? resultCounts(usage, { input, output }) : earlierCounts(usage, { input, output }, origin)
}

function modelCounts(usage: unknown): InclusiveCounts {
  const part = (side: string, name: string) => number(readField(usage, side), name)
  const cacheRead = part('inputTokens', 'cacheRead')
  const cacheWrite = part('inputTokens', 'cacheWrite')
  const noCache = part('inputTokens', 'noCache')
  const reasoning = part('outputTokens', 'reasoning')
  const text = part('outputTokens', 'text')
  return {
    input_tokens: part('inputTokens', 'total') ?? sum(noCache, cacheRead, cacheWrite),
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    cache_write_1h_tokens: oneHour(readField(usage, 'raw')),
    output_tokens: part('outputTokens', 'total') ?? sum(text, reasoning),
    output_reasoning_tokens: reasoning,
  }
}

interface Totals {
  readonly input: number | undefined
  readonly output: number | undefined
}

function resultCounts(usage: unknown, { input, output }: Totals): InclusiveCounts {
  return {
    input_tokens: input,
    cache_read_tokens: number(readField(usage, 'inputTokenDetails'), 'cacheReadTokens'),
    cache_write_tokens: number(readField(usage, 'inputTokenDetails'), 'cacheWriteTokens'),
    cache_write_1h_tokens: oneHour(readField(usage, 'raw')),
    output_tokens: output,
    output_reasoning_tokens: number(readField(usage, 'outputTokenDetails'), 'reasoningTokens'),
  }
}

function earlierCounts(usage: unknown, { input = 0, output = 0 }: Totals, { metadata, provider }: Origin): InclusiveCounts {
  const anthropic = readField(metadata, 'anthropic')
  const bedrock = readField(metadata, 'bedrock')
  const openai = readField(metadata, 'openai')
  const bedrockUsage = readField(bedrock, 'usage')
  const anthropicUsage = readField(anthropic, 'usage')
  const cacheRead = firstOf(
    number(usage, 'cachedInputTokens'),
    number(anthropic, 'cacheReadInputTokens'),
    number(anthropicUsage, 'cache_read_input_tokens'),
    number(bedrockUsage, 'cacheReadInputTokens'),
    number(openai, 'cachedPromptTokens'),
  )
  const cacheWrite = firstOf(
    number(anthropic, 'cacheCreationInputTokens'),
    number(anthropicUsage, 'cache_creation_input_tokens'),
    number(bedrockUsage, 'cacheWriteInputTokens'),
  )
  const reasoning = firstOf(number(usage, 'reasoningTokens'), number(openai, 'reasoningTokens'))
  // A cache larger than the input cannot be included in it, for any provider.
  const excludesCache = isObject(anthropic) || isObject(bedrock) || /anthropic|bedrock/i.test(provider) || cacheRead + cacheWrite > input
  return {
    input_tokens: excludesCache ? input + cacheRead + cacheWrite : input,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    cache_write_1h_tokens: oneHour(anthropicUsage),
    output_tokens: excludesReasoning(usage, { input, output, reasoning }) ? output + reasoning : output,
    output_reasoning_tokens: reasoning,
  }
}

/** In version 5, Google's output excludes its thoughts. Detected by the provider's total, or by more reasoning than output. */
function excludesReasoning(usage: unknown, { input, output, reasoning }: { input: number; output: number; reasoning: number }): boolean {
  return reasoning > output || (reasoning > 0 && number(usage, 'totalTokens') === input + output + reasoning)
}

/** Returns the 1-hour cache writes in Anthropic's own usage, which the SDK passes on. */
function oneHour(usage: unknown): number | undefined {
  return number(readField(usage, 'cache_creation'), 'ephemeral_1h_input_tokens')
}

function number(of: unknown, name: string): number | undefined {
  return readCount(readField(of, name), name, 'ai-sdk')
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function firstOf(...counts: readonly (number | undefined)[]): number {
  return counts.find(count => count !== undefined) ?? 0
}

function sum(...counts: readonly (number | undefined)[]): number | undefined {
  return counts.every(count => count === undefined) ? undefined : counts.reduce<number>((total, count) => total + (count ?? 0), 0)
}
