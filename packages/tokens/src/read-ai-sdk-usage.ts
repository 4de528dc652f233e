import { checkObject } from './engine/check-arguments.ts'
import type { AiSdkCall } from './engine/ai-sdk/ai-sdk-call.ts'
import { aiSdkCounts } from './engine/ai-sdk/ai-sdk-counts.ts'
import { readAiSdkMetadata } from './engine/ai-sdk/ai-sdk-metadata.ts'
import { aiSdkProviderUsage } from './engine/ai-sdk/ai-sdk-provider-usage.ts'
import { servedAs } from './engine/served-as.ts'
import { toTokenUsage } from './engine/to-token-usage.ts'
import type { ExtractedUsage } from './model/extracted-usage.ts'
import { totalTokens } from './model/token-usage.ts'
import { TokenUsageUnreadable } from './model/token-usage-unreadable.ts'

/**
 * Reads the usage of a call through version 4 or later of the Vercel AI SDK. The provider's own usage, which the SDK passes on,
 * says more than the SDK's counts: lifetimes of cache writes, audio, searches. It is read where it covers all tokens of the call;
 * the usage of several steps together has none. Throws `TokenUsageUnreadable`.
 */
export function readAiSdkUsage(call: AiSdkCall): ExtractedUsage {
  checkObject(call)
  const counts = aiSdkCounts(call)
  if (counts === undefined) throw new TokenUsageUnreadable('ai-sdk', 'it has neither inputTokens nor promptTokens')
  const tokens = toTokenUsage('ai-sdk', counts)
  const metadata = readAiSdkMetadata(call.providerMetadata)
  const own = aiSdkProviderUsage(call)
  const isWhole = own !== undefined && allTokens(own) >= totalTokens(tokens)
  const reportedCost = own?.reportedCost ?? metadata.reportedCost
  return {
    model: call.model ?? null,
    tokens: isWhole ? own.tokens : tokens,
    units: own && own.units.length > 0 ? own.units : metadata.units,
    ...servedAs(metadata),
    ...(own && servedAs(own)),
    ...(isWhole && own.attempts ? { attempts: own.attempts } : {}),
    ...(reportedCost === undefined ? {} : { reportedCost }),
  }
}

function allTokens({ tokens, attempts = [] }: ExtractedUsage): number {
  return attempts.reduce((total, attempt) => total + totalTokens(attempt.tokens), totalTokens(tokens))
}
