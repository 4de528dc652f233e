import { type Decimal, ZERO } from '@tollgate/kernel'
import type { GrantShare } from '../model/reservation.ts'
import type { WalletDraft } from './wallet-draft.ts'

/** What became of credits that a reservation held. */
export interface ReturnedShares {
  /** Can be spent again. */
  readonly available: Decimal
  /** Held of grants that have expired since. */
  readonly expired: Decimal
}

/** Ends holds: credits of active grants can be spent again; those of grants that have ended expire. */
export function returnShares(draft: WalletDraft, shares: readonly GrantShare[]): ReturnedShares {
  let [available, expired] = [ZERO, ZERO]
  for (const { grantId, amount } of shares) {
    if (amount.isZero()) continue
    if (grantId === null) {
      draft.changeHeldWithoutGrant(ZERO.minus(amount))
      available = available.plus(amount)
      continue
    }
    const grant = draft.grant(grantId)
    if (grant === undefined) throw new Error(`The grant ${grantId}, of which a reservation holds credits, was not loaded.`)
    const held = grant.held.minus(amount)
    if (grant.state === 'active') {
      draft.putGrant({ ...grant, held, remaining: grant.remaining.plus(amount) })
      available = available.plus(amount)
    } else {
      draft.putGrant({ ...grant, held })
      expired = expired.plus(amount)
    }
  }
  return { available, expired }
}
