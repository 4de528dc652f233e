import { checkTokenUsage } from '../model/check-token-usage.ts'
import type { TokenUsage } from '../model/token-usage.ts'
import { TokenUsageUnreadable } from '../model/token-usage-unreadable.ts'
import { exclusivePools } from './exclusive-pools.ts'
import type { InclusiveCounts } from './inclusive-counts.ts'

/** Converts totals and their parts to exclusive pools. Throws `TokenUsageUnreadable`, which names the source, if the counts are invalid. */
export function toTokenUsage(source: string, counts: InclusiveCounts): TokenUsage {
  const tokens = exclusivePools(counts)
  const issues = checkTokenUsage(tokens)
  if (issues.length > 0) throw new TokenUsageUnreadable(source, issues.map(({ path, message }) => `${path} ${message}`).join('; '))
  return tokens
}
