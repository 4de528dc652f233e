export type { AiSdkCall } from './engine/ai-sdk/ai-sdk-call.ts'
export { extractStreamedTokenUsage, type ProviderStream } from './extract-streamed-token-usage.ts'
export { extractTokenUsage, type ProviderResponse } from './extract-token-usage.ts'
export { checkTokenCounts, checkTokenUsage } from './model/check-token-usage.ts'
export type { InputIssue } from './model/input-issues.ts'
export { InvalidInput } from './model/invalid-input.ts'
export type { ExtractedUsage, ModelUsage, ServedAs } from './model/extracted-usage.ts'
export {
  FREQUENT_TOKEN_POOLS,
  type FrequentTokenPool,
  RARE_TOKEN_POOLS,
  type RareTokenPool,
  TOKEN_POOL_TRAITS,
  TOKEN_POOLS,
  type TokenPool,
  type TokenPoolTraits,
} from './model/token-pools.ts'
export { addTokenUsage, completeTokenUsage, hasRareTokens, totalTokens, type TokenUsage, type TokenUsageInput } from './model/token-usage.ts'
export { TokenUsageUnreadable } from './model/token-usage-unreadable.ts'
export { UNIT_KINDS, type UnitKind, type UsageUnit } from './model/usage-unit.ts'
export { readAiSdkUsage } from './read-ai-sdk-usage.ts'
export { type OpenTelemetryCall, readOpenTelemetryModel, readOpenTelemetryUsage } from './read-open-telemetry-usage.ts'
