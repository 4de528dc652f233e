import { Decimal } from '@tollgate/kernel'
import type { QuotaMetric } from '@tollgate/quotas'

/** The usage of one event, or of many together. */
export interface KnownUsage {
  /** Calls that were not rate-limited. */
  readonly served: number
  /** Null if no tokens were reported. */
  readonly tokens: number | bigint | null
  /** Recorded cost in USD; null if it is unknown or there is none. */
  readonly cost: Decimal | null
  /** Credits that a wallet was charged; null if none was. */
  readonly credits: Decimal | null
}

const ONE = new Decimal(1)

/**
 * Returns what usage counts for each metric; null if it counts nothing. A served call counts as one request and one
 * operation, whether it succeeded or failed; a rate-limited call counts as neither. Unknown tokens and costs count
 * nothing. The amounts of many events together are the sum of the amounts of each.
 */
export function countedAmounts({ served, tokens, cost, credits }: KnownUsage): Readonly<Record<QuotaMetric, Decimal | null>> {
  const calls = served === 0 ? null : served === 1 ? ONE : new Decimal(served)
  return { requests: calls, operations: calls, tokens: tokens === null ? null : new Decimal(tokens), cost, credits }
}
