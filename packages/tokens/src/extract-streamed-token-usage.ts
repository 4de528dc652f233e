import { extractTokenUsage } from './extract-token-usage.ts'
import type { ExtractedUsage } from './extracted-usage.ts'
import { readField } from './read-fields.ts'

/** The events of a provider's streamed response. */
export interface ProviderStream {
  readonly provider: string
  /** All events, parsed, in order. Events without usage may be omitted. */
  readonly events: Iterable<unknown>
  /** As in `ProviderResponse`. */
  readonly apiFlavor?: string | undefined
}

/** Fields of an event that may contain a response with usage: Anthropic's `message`, OpenAI's `response`, Groq's `x_groq`, Bedrock's `metadata`. */
const WRAPPERS = ['message', 'response', 'x_groq', 'metadata'] as const
const USAGES = ['usage', 'usageMetadata'] as const
const MODELS = ['model', 'modelVersion'] as const

/**
 * Reads the token usage of a streamed response. Providers that report usage several times report running totals per field,
 * so the last value of each field applies. Anthropic starts with the input (`message_start`) and ends with the output
 * (`message_delta`). OpenAI sends all usage in the last chunk, if requested (`stream_options: { include_usage: true }`),
 * or with `response.completed`. Throws `TokenUsageUnreadable`.
 */
export function extractStreamedTokenUsage({ provider, events, apiFlavor }: ProviderStream): ExtractedUsage {
  const response: Record<string, unknown> = {}
  for (const event of events) {
    for (const part of [event, ...WRAPPERS.map(name => readField(event, name))]) {
      for (const name of MODELS) if (typeof readField(part, name) === 'string') response[name] = readField(part, name)
      for (const name of USAGES) {
        const usage = readField(part, name)
        if (typeof usage === 'object' && usage !== null) response[name] = { ...(response[name] as object | undefined), ...withoutAbsent(usage) }
      }
    }
  }
  return extractTokenUsage({ provider, response, apiFlavor })
}

/** Removes null and undefined fields, which must not overwrite earlier values. */
function withoutAbsent(usage: object): object {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null && value !== undefined))
}
