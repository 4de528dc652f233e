import type { ExtractedUsage } from './extracted-usage.ts'
import { readCount } from './read-fields.ts'
import { toTokenUsage } from './to-token-usage.ts'
import { TokenUsageUnreadable } from './token-usage-unreadable.ts'

/** Usage, model and provider of a span. */
export interface OpenTelemetryCall extends ExtractedUsage {
  /** `gen_ai.response.model`, or else the requested model. */
  readonly model: string | null
  /** `gen_ai.provider.name`. Price lookups accept the names of the conventions. */
  readonly provider: string | null
}

/** Attributes of each count: that of the current conventions, then older and alternative names. */
const ATTRIBUTES = {
  input_tokens: ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'],
  output_tokens: ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'],
  cache_read_tokens: ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens'],
  cache_write_tokens: ['gen_ai.usage.cache_creation.input_tokens', 'gen_ai.usage.cache_creation_input_tokens', 'gen_ai.usage.cache_write_input_tokens'],
  output_reasoning_tokens: ['gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_output_tokens'],
} as const

/**
 * Reads the `gen_ai.usage.*` attributes of a span as exclusive pools. By the semantic conventions, `input_tokens` includes
 * cache reads and writes, and `output_tokens` includes reasoning. They have no lifetime of cache writes, so writes count as
 * 5-minute writes. Some instrumentations pass on Anthropic's `input_tokens`, which excludes the cache; this is detected by
 * a cache that is larger than the input. Integers may be numbers, or text as in OTLP's JSON. Throws `TokenUsageUnreadable`.
 */
export function readOpenTelemetryUsage(attributes: Readonly<Record<string, unknown>>): OpenTelemetryCall {
  const counts = Object.fromEntries(Object.entries(ATTRIBUTES).map(([count, names]) => [count, firstCount(attributes, names)]))
  const { input_tokens: input, output_tokens: output, cache_read_tokens: cacheRead = 0, cache_write_tokens: cacheWrite = 0 } = counts
  if (input === undefined && output === undefined)
    throw new TokenUsageUnreadable('opentelemetry', 'it has no gen_ai.usage.input_tokens and no gen_ai.usage.output_tokens')
  const cached = cacheRead + cacheWrite
  return {
    tokens: toTokenUsage('opentelemetry', { ...counts, input_tokens: input !== undefined && cached > input ? input + cached : input }),
    units: [],
    model: text(attributes['gen_ai.response.model']) ?? text(attributes['gen_ai.request.model']),
    provider: text(attributes['gen_ai.provider.name']) ?? text(attributes['gen_ai.system']),
  }
}

function firstCount(attributes: Readonly<Record<string, unknown>>, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = attributes[name]
    const count = readCount(typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value, name, 'opentelemetry')
    if (count !== undefined) return count
  }
  return undefined
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
