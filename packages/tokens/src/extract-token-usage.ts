import { extractUsage, findProvider, type Provider } from '@pydantic/genai-prices'
import type { InclusiveCounts } from './exclusive-pools.ts'
import type { ExtractedUsage } from './extracted-usage.ts'
import { toTokenUsage } from './to-token-usage.ts'
import { TokenUsageUnreadable } from './token-usage-unreadable.ts'

/** A provider's response. */
export interface ProviderResponse {
  /** The provider, such as "anthropic", "openai", "bedrock" or "vertex". */
  readonly provider: string
  /** The parsed body of the response, or an SDK's object with the same fields. */
  readonly response: unknown
  /**
   * The API that was called, if the provider has several: "chat", "responses", "embeddings", "images" or "realtime" for
   * OpenAI and compatible providers, "anthropic" for Claude on clouds. Defaults to the API that the response fits best.
   */
  readonly apiFlavor?: string | undefined
}

/**
 * Reads the token usage of a provider's response as exclusive pools. Cached and reasoning tokens, which most providers
 * include in their totals, are counted once. Throws `TokenUsageUnreadable`.
 */
export function extractTokenUsage({ provider: providerId, response, apiFlavor }: ProviderResponse): ExtractedUsage {
  const provider = findProvider({ providerId })
  const flavors = provider?.extractors?.map(({ api_flavor }) => api_flavor) ?? []
  if (!provider || flavors.length === 0) throw new TokenUsageUnreadable(providerId, 'the provider or the format of its responses is unknown')
  if (apiFlavor !== undefined && !flavors.includes(apiFlavor)) {
    throw new TokenUsageUnreadable(providerId, `the provider has no API flavor "${apiFlavor}", only ${flavors.join(', ')}`)
  }
  const { usage, model } = readBest(provider, response, apiFlavor === undefined ? flavors : [apiFlavor])
  return { tokens: toTokenUsage(providerId, usage), units: [], model }
}

/**
 * Tries every flavor and returns the reading with the most counts; of equal readings, the first. The formats of a provider
 * differ in their field names, so a wrong flavor finds fewer counts or none.
 */
function readBest(provider: Provider, response: unknown, flavors: readonly string[]): { usage: InclusiveCounts; model: string | null } {
  const failures: unknown[] = []
  const readings = flavors.flatMap(flavor => {
    try {
      return [extractUsage(provider, response, flavor)]
    } catch (failure) {
      failures.push(failure)
      return []
    }
  })
  const [best] = readings.toSorted((a, b) => Object.keys(b.usage).length - Object.keys(a.usage).length)
  if (best) return best
  const [first] = failures
  throw new TokenUsageUnreadable(provider.id, first instanceof Error ? first.message : 'it has no usage', { cause: first })
}
