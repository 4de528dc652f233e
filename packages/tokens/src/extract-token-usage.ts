import { extractUsage, findProvider, type Provider } from '@pydantic/genai-prices'
import type { InclusiveCounts } from './exclusive-pools.ts'
import { tokenUsageOf } from './token-usage-of.ts'
import type { TokenUsage } from './token-usage.ts'
import { TokenUsageUnreadable } from './token-usage-unreadable.ts'

/** A provider's answer, of which the usage is to be read. */
export interface ProviderResponse {
  /** The provider that answered, such as "anthropic", "openai", "bedrock" or "vertex". */
  readonly provider: string
  /** The body of the response, parsed; or an SDK's object with the same fields. */
  readonly response: unknown
  /**
   * The API of the provider, where it has several: "chat", "responses", "embeddings", "images", "realtime" with OpenAI
   * and those like it, "anthropic" with clouds that sell Claude. Found out from the response where it is left out.
   */
  readonly apiFlavor?: string | undefined
}

/** What a response says about its tokens. */
export interface ExtractedTokenUsage {
  readonly tokens: TokenUsage
  /** As the provider names it; null where the response does not say. */
  readonly model: string | null
}

/**
 * Reads the token usage of a provider's response as exclusive pools: cached and reasoning tokens, which most providers
 * count inside their totals, are counted once. Throws `TokenUsageUnreadable`.
 */
export function extractTokenUsage({ provider: providerId, response, apiFlavor }: ProviderResponse): ExtractedTokenUsage {
  const provider = findProvider({ providerId })
  const flavors = provider?.extractors?.map(({ api_flavor }) => api_flavor) ?? []
  if (!provider || flavors.length === 0) throw new TokenUsageUnreadable(providerId, 'the format of its responses is not known')
  if (apiFlavor !== undefined && !flavors.includes(apiFlavor)) {
    throw new TokenUsageUnreadable(providerId, `it has no API flavor "${apiFlavor}", only ${flavors.join(', ')}`)
  }
  const { usage, model } = readMost(provider, response, apiFlavor === undefined ? flavors : [apiFlavor])
  return { tokens: tokenUsageOf(providerId, usage), model }
}

/**
 * Reads by the flavor that finds the most counts, the first of those that find as many. The formats of one provider
 * differ in names or in their details, so that the wrong one finds nothing, or less.
 */
function readMost(provider: Provider, response: unknown, flavors: readonly string[]): { usage: InclusiveCounts; model: string | null } {
  const failures: unknown[] = []
  const readings = flavors.flatMap(flavor => {
    try {
      return [extractUsage(provider, response, flavor)]
    } catch (failure) {
      failures.push(failure)
      return []
    }
  })
  const [most] = readings.toSorted((a, b) => Object.keys(b.usage).length - Object.keys(a.usage).length)
  if (most) return most
  const [first] = failures
  throw new TokenUsageUnreadable(provider.id, first instanceof Error ? first.message : 'nothing was found', { cause: first })
}
