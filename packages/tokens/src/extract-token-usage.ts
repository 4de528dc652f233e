import { checkArguments } from './engine/check-arguments.ts'
import { checkApiFlavor } from './engine/check-api-flavor.ts'
import { readLangChainMessage } from './engine/langchain/read-langchain-message.ts'
import { readUsage } from './engine/read-usage.ts'
import type { ExtractedUsage } from './model/extracted-usage.ts'

/** A provider's response. */
export interface ProviderResponse {
  /** The provider, such as "anthropic", "openai", "bedrock" or "vertex". Any name is accepted: the format of the response decides how it is read. */
  readonly provider: string
  /** The parsed body of the response, an event of a stream, a line of a batch's results, an SDK's object with the same fields, or LangChain's `AIMessage`. */
  readonly response: unknown
  /**
   * The API that was called, such as "chat", "responses", "images" or "realtime". The response itself nearly always shows it.
   * It decides if not: "images" for usage without images, "ocr_annotated" for pages with annotations, "tokens" for what
   * Cohere processed instead of what it bills.
   */
  readonly apiFlavor?: string | undefined
}

/**
 * Reads the usage of a provider's response: tokens as exclusive pools, units besides tokens, and how the call was served.
 * Cached and reasoning tokens, which most providers include in their totals, are counted once. Throws `TokenUsageUnreadable`, and `InvalidInput` for other fields.
 */
export function extractTokenUsage(input: ProviderResponse): ExtractedUsage {
  checkArguments(input, { provider: 'text', response: 'anything?', apiFlavor: 'text?' })
  const { provider, response } = input
  const apiFlavor = input.apiFlavor ?? undefined
  checkApiFlavor(apiFlavor, provider)
  const origin = { provider, apiFlavor }
  return readLangChainMessage(response, origin) ?? readUsage(response, origin)
}
