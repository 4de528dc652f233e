import type { Quotas } from '@tollgate/quotas'
import type { Decimal } from '@tollgate/kernel'
import type { CommitHook, RatedEvent } from '@tollgate/usage'
import { EventUsage } from './event-usage.ts'

/** What wallets were charged for the accepted events of a transaction, in order. */
export interface CreditsOfCommits {
  get(accepted: readonly RatedEvent[]): readonly (Decimal | null)[] | undefined
}

/**
 * Counts accepted events in the transaction that records them, so that usage and quotas cannot differ: a repeated event
 * is not accepted and counts nothing. Usage over the limit is counted too, because it has happened. Put it last among the
 * hooks of the transaction: the counters that it changes stay locked until the commit.
 */
export function consumeQuotas(quotas: Pick<Quotas, 'consumeIn'>, charged: CreditsOfCommits): CommitHook {
  return (transaction, accepted) => {
    const credits = charged.get(accepted)
    return quotas.consumeIn(
      transaction,
      accepted.map((event, i) => new EventUsage(event, credits?.[i] ?? null)),
    )
  }
}
