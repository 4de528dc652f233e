import { Decimal } from '@tollgate/kernel'
import type { QuotaMetric } from '@tollgate/quotas'

/** What is known of usage: of one event, or of the sum of many. */
export interface KnownUsage {
  /** Calls that were not refused because of a limit. */
  readonly served: number
  /** Null where nobody told. */
  readonly tokens: number | null
  /** USD, as it was recorded; null where no price is known, or there is none. */
  readonly cost: Decimal | null
}

const ONE = new Decimal(1)

/**
 * What usage counts for each metric; null where it says nothing of it. A request and an operation, where it was served,
 * whether it went well or not: what was refused because of a limit does not use up another. Tokens and cost as far as
 * they are known: a cost that is not counts nothing. The sum of events counts what they count one by one.
 */
export function countedAmounts({ served, tokens, cost }: KnownUsage): Readonly<Record<QuotaMetric, Decimal | null>> {
  const calls = served === 0 ? null : served === 1 ? ONE : new Decimal(served)
  return { requests: calls, operations: calls, tokens: tokens === null ? null : new Decimal(tokens), cost, credits: null }
}
