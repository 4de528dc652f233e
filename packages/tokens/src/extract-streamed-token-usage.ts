import { checkArguments } from './engine/check-arguments.ts'
import { checkApiFlavor } from './engine/check-api-flavor.ts'
import { readStream } from './engine/streams/read-stream.ts'
import type { ExtractedUsage } from './model/extracted-usage.ts'

/** The events of a provider's streamed response, or of a realtime session. */
export interface ProviderStream {
  readonly provider: string
  /** All events, parsed, in order. Events without usage may be omitted. */
  readonly events: Iterable<unknown>
  /** As in `ProviderResponse`. */
  readonly apiFlavor?: string | undefined
}

/**
 * Reads the usage of a streamed response, or of a session of several turns. Providers that report usage several times report
 * running totals per field, so the last value of each field applies: Anthropic starts with the input (`message_start`) and
 * ends with the output (`message_delta`). OpenAI sends all usage in the last chunk, if requested
 * (`stream_options: { include_usage: true }`), or with `response.completed`. Each turn of a realtime or live session is billed
 * for itself, so turns are summed. Throws `TokenUsageUnreadable`, and `InvalidInput` for other fields.
 */
export function extractStreamedTokenUsage(input: ProviderStream): ExtractedUsage {
  checkArguments(input, { provider: 'text', events: 'iterable', apiFlavor: 'text?' })
  const { provider, events } = input
  const apiFlavor = input.apiFlavor ?? undefined
  checkApiFlavor(apiFlavor, provider)
  return readStream(events, { provider, apiFlavor })
}
