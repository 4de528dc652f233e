import { extractTokenUsage, type ExtractedTokenUsage } from './extract-token-usage.ts'
import { field } from './read-fields.ts'

/** The events of a provider's streamed answer, of which the usage is to be read. */
export interface ProviderStream {
  readonly provider: string
  /** Every event, parsed, in order; those without usage may be left out. */
  readonly events: Iterable<unknown>
  readonly apiFlavor?: string | undefined
}

/** Where an event may keep a response, or a part of one, that has a usage: Anthropic's `message`, OpenAI's `response`, Groq's `x_groq`, Bedrock's `metadata`. */
const WRAPPERS = ['message', 'response', 'x_groq', 'metadata'] as const
const USAGES = ['usage', 'usageMetadata'] as const
const MODELS = ['model', 'modelVersion'] as const

/**
 * Reads the token usage of a streamed answer. Providers that report more than once report what it came to so far, not
 * what was added, field by field: the last value of each field counts. Anthropic begins with the input (`message_start`)
 * and ends with the output (`message_delta`); OpenAI sends all of it in the last chunk, where it was asked to
 * (`stream_options: { include_usage: true }`), or with `response.completed`. Throws `TokenUsageUnreadable`.
 */
export function extractStreamedTokenUsage({ provider, events, apiFlavor }: ProviderStream): ExtractedTokenUsage {
  const response: Record<string, unknown> = {}
  for (const event of events) {
    for (const part of [event, ...WRAPPERS.map(name => field(event, name))]) {
      for (const name of MODELS) if (typeof field(part, name) === 'string') response[name] = field(part, name)
      for (const name of USAGES) {
        const usage = field(part, name)
        if (typeof usage === 'object' && usage !== null) response[name] = { ...(response[name] as object | undefined), ...known(usage) }
      }
    }
  }
  return extractTokenUsage({ provider, response, apiFlavor })
}

/** Null says that nothing is said, and takes nothing back. */
function known(usage: object): object {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null && value !== undefined))
}
