export { type AiSdkCall, readAiSdkUsage } from './ai-sdk-usage.ts'
export { checkTokenUsage, type TokenUsageIssue } from './check-token-usage.ts'
export { extractStreamedTokenUsage, type ProviderStream } from './extract-streamed-token-usage.ts'
export { extractTokenUsage, type ProviderResponse } from './extract-token-usage.ts'
export type { ExtractedUsage, ModelUsage, ServedAs } from './extracted-usage.ts'
export { type OpenTelemetryCall, readOpenTelemetryUsage } from './open-telemetry-usage.ts'
export {
  FREQUENT_TOKEN_POOLS,
  type FrequentTokenPool,
  RARE_TOKEN_POOLS,
  type RareTokenPool,
  TOKEN_POOL_TRAITS,
  TOKEN_POOLS,
  type TokenPool,
  type TokenPoolTraits,
} from './token-pools.ts'
export { addTokenUsage, completeTokenUsage, totalTokens, type TokenUsage, type TokenUsageInput } from './token-usage.ts'
export { TokenUsageUnreadable } from './token-usage-unreadable.ts'
export { UNIT_KINDS, type UnitKind, type UsageUnit } from './usage-unit.ts'
