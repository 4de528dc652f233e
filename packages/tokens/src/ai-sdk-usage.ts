import { field, nonNegative } from './read-fields.ts'
import type { InclusiveCounts } from './exclusive-pools.ts'
import { tokenUsageOf } from './token-usage-of.ts'
import type { TokenUsage } from './token-usage.ts'
import { TokenUsageUnreadable } from './token-usage-unreadable.ts'

/** What the Vercel AI SDK says about one call, of any version from 4 on. */
export interface AiSdkCall {
  /** `result.usage`, `result.totalUsage`, or `usage` of a model's own result or finish part. */
  readonly usage: unknown
  /** `result.providerMetadata`: until version 6 what was written to the cache is only there. */
  readonly providerMetadata?: unknown
  /** The model's `provider`, such as "anthropic.messages". Until version 6 it decides what `inputTokens` includes. */
  readonly provider?: string | undefined
}

/**
 * Reads the usage of a call through the Vercel AI SDK as exclusive pools. Throws `TokenUsageUnreadable`.
 *
 * Its shapes, newest first (packages/provider and packages/ai of vercel/ai):
 * - a model's `{ inputTokens: { total, noCache, cacheRead, cacheWrite }, outputTokens: { total, text, reasoning } }`;
 * - a result's `{ inputTokens, inputTokenDetails: { … }, outputTokens, outputTokenDetails: { … } }`, totals with their parts;
 * - version 5's `{ inputTokens, outputTokens, reasoningTokens, cachedInputTokens }`;
 * - version 4's `{ promptTokens, completionTokens }`, with the rest in the provider's metadata.
 *
 * The first two always include the cache. The last two are what the provider counted: with Anthropic and Bedrock the
 * cache is beside the input, with the others inside it.
 */
export function readAiSdkUsage({ usage, providerMetadata, provider = '' }: AiSdkCall): TokenUsage {
  const counts = countsOf(usage, { metadata: providerMetadata, provider })
  if (counts === undefined) throw new TokenUsageUnreadable('ai-sdk', 'it has neither inputTokens nor promptTokens, with a number of tokens')
  return tokenUsageOf('ai-sdk', counts)
}

interface Origin {
  readonly metadata: unknown
  readonly provider: string
}

function countsOf(usage: unknown, origin: Origin): InclusiveCounts | undefined {
  if (isObject(field(usage, 'inputTokens'))) return modelCounts(usage)
  const input = number(usage, 'inputTokens') ?? number(usage, 'promptTokens') ?? number(usage, 'tokens')
  const output = number(usage, 'outputTokens') ?? number(usage, 'completionTokens')
  if (input === undefined && output === undefined) return undefined
  return isObject(field(usage, 'inputTokenDetails')) ? resultCounts(usage, { input, output }) : earlierCounts(usage, { input, output }, origin)
}

function modelCounts(usage: unknown): InclusiveCounts {
  const part = (side: string, name: string) => number(field(usage, side), name)
  const cacheRead = part('inputTokens', 'cacheRead')
  const cacheWrite = part('inputTokens', 'cacheWrite')
  const noCache = part('inputTokens', 'noCache')
  const reasoning = part('outputTokens', 'reasoning')
  const text = part('outputTokens', 'text')
  return {
    input_tokens: part('inputTokens', 'total') ?? sum(noCache, cacheRead, cacheWrite),
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    cache_write_1h_tokens: oneHour(field(usage, 'raw')),
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
    cache_read_tokens: number(field(usage, 'inputTokenDetails'), 'cacheReadTokens'),
    cache_write_tokens: number(field(usage, 'inputTokenDetails'), 'cacheWriteTokens'),
    cache_write_1h_tokens: oneHour(field(usage, 'raw')),
    output_tokens: output,
    output_reasoning_tokens: number(field(usage, 'outputTokenDetails'), 'reasoningTokens'),
  }
}

function earlierCounts(usage: unknown, { input = 0, output = 0 }: Totals, { metadata, provider }: Origin): InclusiveCounts {
  const anthropic = field(metadata, 'anthropic')
  const bedrock = field(metadata, 'bedrock')
  const openai = field(metadata, 'openai')
  const bedrockUsage = field(bedrock, 'usage')
  const anthropicUsage = field(anthropic, 'usage')
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
  // A cache that is larger than the input cannot be inside it, whoever the provider is.
  const beside = isObject(anthropic) || isObject(bedrock) || /anthropic|bedrock/i.test(provider) || cacheRead + cacheWrite > input
  return {
    input_tokens: beside ? input + cacheRead + cacheWrite : input,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    cache_write_1h_tokens: oneHour(anthropicUsage),
    output_tokens: reasoningIsBeside(usage, { input, output, reasoning }) ? output + reasoning : output,
    output_reasoning_tokens: reasoning,
  }
}

/** Google's thoughts are beside its output in version 5. The provider's own total tells, or that they are more than the output. */
function reasoningIsBeside(usage: unknown, { input, output, reasoning }: { input: number; output: number; reasoning: number }): boolean {
  return reasoning > output || (reasoning > 0 && number(usage, 'totalTokens') === input + output + reasoning)
}

/** Of Anthropic's own usage, which the SDK hands on. */
function oneHour(usage: unknown): number | undefined {
  return number(field(usage, 'cache_creation'), 'ephemeral_1h_input_tokens')
}

function number(of: unknown, name: string): number | undefined {
  return nonNegative(field(of, name), name, 'ai-sdk')
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
