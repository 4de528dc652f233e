export { checkTokenUsage, type TokenUsageIssue } from './check-token-usage.ts'
export { extractTokenUsage, type ExtractedTokenUsage, type ProviderResponse } from './extract-token-usage.ts'
export { completeTokenUsage, TOKEN_POOLS, type TokenPool, totalTokens, type TokenUsage, type TokenUsageInput } from './token-usage.ts'
export { TokenUsageUnreadable } from './token-usage-unreadable.ts'
