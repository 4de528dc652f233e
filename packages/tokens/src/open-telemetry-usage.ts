import { nonNegative } from './read-fields.ts'
import { tokenUsageOf } from './token-usage-of.ts'
import type { TokenUsage } from './token-usage.ts'
import { TokenUsageUnreadable } from './token-usage-unreadable.ts'

/** What a span says about a call of a model. */
export interface OpenTelemetryCall {
  readonly tokens: TokenUsage
  /** `gen_ai.response.model`, or else the one that was asked for. */
  readonly model: string | null
  /** `gen_ai.provider.name`. The names of the conventions are understood where prices are looked up. */
  readonly provider: string | null
}

/** Attributes by what they count, the one of the current conventions first, then those that it replaced or that are in use beside it. */
const ATTRIBUTES = {
  input_tokens: ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'],
  output_tokens: ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'],
  cache_read_tokens: ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens'],
  cache_write_tokens: ['gen_ai.usage.cache_creation.input_tokens', 'gen_ai.usage.cache_creation_input_tokens', 'gen_ai.usage.cache_write_input_tokens'],
  output_reasoning_tokens: ['gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_output_tokens'],
} as const

/**
 * Reads the `gen_ai.usage.*` attributes of a span as exclusive pools. By the semantic conventions `input_tokens` includes
 * what was read from and written to the cache, and `output_tokens` the reasoning; they do not tell how long a write lives,
 * so that it counts as one of 5 minutes. Instrumentations exist that hand on Anthropic's `input_tokens`, which leaves the
 * cache out: where the cache is larger than the input it cannot be inside it, and is counted beside. Integers may be
 * numbers, or text as OTLP's JSON has them. Throws `TokenUsageUnreadable`.
 */
export function readOpenTelemetryUsage(attributes: Readonly<Record<string, unknown>>): OpenTelemetryCall {
  const counts = Object.fromEntries(Object.entries(ATTRIBUTES).map(([count, names]) => [count, firstCount(attributes, names)]))
  const { input_tokens: input, output_tokens: output, cache_read_tokens: cacheRead = 0, cache_write_tokens: cacheWrite = 0 } = counts
  if (input === undefined && output === undefined) throw new TokenUsageUnreadable('opentelemetry', 'there is no gen_ai.usage.input_tokens or output_tokens')
  const cached = cacheRead + cacheWrite
  return {
    tokens: tokenUsageOf('opentelemetry', { ...counts, input_tokens: input !== undefined && cached > input ? input + cached : input }),
    model: text(attributes['gen_ai.response.model']) ?? text(attributes['gen_ai.request.model']),
    provider: text(attributes['gen_ai.provider.name']) ?? text(attributes['gen_ai.system']),
  }
}

function firstCount(attributes: Readonly<Record<string, unknown>>, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = attributes[name]
    const count = nonNegative(typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value, name, 'opentelemetry')
    if (count !== undefined) return count
  }
  return undefined
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
