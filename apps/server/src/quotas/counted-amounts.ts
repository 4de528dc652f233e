import type { Decimal } from '@tollgate/kernel'
import { Decimal as Exact, ZERO } from '@tollgate/kernel'
import type { QuotaMetric } from '@tollgate/quotas'

/** What is known of usage, of one event or of the sum of many. */
export interface KnownUsage {
  /** Calls that were not refused because of a limit. */
  readonly served: number
  /** Null where none were told. */
  readonly tokens: number | null
  /** USD; null where no price is known, or there is none. */
  readonly cost: Decimal | null
}

/**
 * What usage counts for each metric; null where it says nothing of it. A request and an operation, where it was served,
 * whether it went well or not: what was refused because of a limit does not use up another. Tokens and cost as far as
 * they are known. Linear, so that events one by one and the sum of them count the same.
 */
export function countedAmounts({ served, tokens, cost }: KnownUsage): Readonly<Record<QuotaMetric, Decimal | null>> {
  const calls = served === 0 ? null : new Exact(served)
  return { requests: calls, operations: calls, tokens: tokens === null ? null : new Exact(tokens), cost, credits: null }
}
