import { checkTokenUsage } from './check-token-usage.ts'
import { exclusivePools, type InclusiveCounts } from './exclusive-pools.ts'
import type { TokenUsage } from './token-usage.ts'
import { TokenUsageUnreadable } from './token-usage-unreadable.ts'

/** Totals with their parts as exclusive pools. Throws `TokenUsageUnreadable`, naming who counted, where that is no usage. */
export function tokenUsageOf(source: string, counts: InclusiveCounts): TokenUsage {
  const tokens = exclusivePools(counts)
  const issues = checkTokenUsage(tokens)
  if (issues.length > 0) throw new TokenUsageUnreadable(source, issues.map(({ path, message }) => `${path} ${message}`).join('; '))
  return tokens
}
