import type { Quotas } from '@tollgate/quotas'
import type { IngestConsequence } from '@tollgate/usage'
import { EventUsage } from './event-usage.ts'

/**
 * Counts accepted events in the transaction that records them, so that usage and quotas cannot differ: both stand or
 * fall together, and a repeated event, which is not accepted, counts nothing. Usage is a fact: it is counted also where
 * it does not fit. It is to be the last of the consequences, as the counters that it touches stay locked until the commit.
 */
export function consumeQuotas(quotas: Pick<Quotas, 'consumeIn'>): IngestConsequence {
  return (transaction, accepted) =>
    quotas.consumeIn(
      transaction,
      accepted.map(event => new EventUsage(event)),
    )
}
