import { type Temporal, ZERO } from '@tollgate/kernel'
import type { CreditReservation } from '../model/reservation.ts'
import { payDebt } from './pay-debt.ts'
import { returnShares } from './return-shares.ts'
import type { WalletDraft } from './wallet-draft.ts'

/** Ends an open reservation without a debit, and returns it as it is then. */
export function endReservation(
  draft: WalletDraft,
  open: CreditReservation,
  { state, at }: { readonly state: 'released' | 'expired'; readonly at: Temporal.Instant },
): CreditReservation {
  const { available, expired } = returnShares(draft, open.shares)
  const ended: CreditReservation = { ...open, state, shares: [] }
  draft.putReservation(ended)
  draft.post({ kind: 'release', occurredAt: at, reservationId: open.id, shares: payDebt(draft) }, [
    { account: 'reserved', amount: ZERO.minus(open.amount) },
    { account: 'available', amount: available },
    { account: 'expired', amount: expired },
  ])
  return ended
}
