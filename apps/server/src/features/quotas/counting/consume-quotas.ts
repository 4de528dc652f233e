import type { Quotas } from '@tollgate/quotas'
import type { CommitHook } from '@tollgate/usage'
import { type ChargedCredits, EventUsage } from './event-usage.ts'

/**
 * Counts accepted events in the transaction that records them, so that usage and quotas cannot differ: a repeated event
 * is not accepted and counts nothing. Usage over the limit is counted too, because it has happened. Put it last among the
 * hooks of the transaction: the counters that it changes stay locked until the commit.
 */
export function consumeQuotas(quotas: Pick<Quotas, 'consumeIn'>, charged: ChargedCredits): CommitHook {
  return (transaction, accepted) =>
    quotas.consumeIn(
      transaction,
      accepted.map(event => new EventUsage(event, charged)),
    )
}
