import { type IdSource, type Temporal, ZERO } from '@tollgate/kernel'
import type { TopUpRecord } from '../model/top-up.ts'
import { balanceOf } from '../model/wallet.ts'
import type { WalletDraft } from './wallet-draft.ts'

/**
 * Requests a top-up when the balance falls to the threshold, once until it was above the threshold again. Called after the
 * commands of a transaction, so that the transaction of the debit requests it. `debit-in-place.ts` leaves out wallets with such terms.
 */
export function watchTopUp(draft: WalletDraft, now: Temporal.Instant, ids: IdSource): void {
  const { topUp: terms } = draft.terms
  const known = draft.topUpRecord
  if (terms === null) {
    if (known !== null && !known.isArmed) draft.setTopUpRecord({ ...known, isArmed: true })
    return
  }
  const month = monthOf(now)
  const record: TopUpRecord = known?.month === month ? known : { isArmed: known?.isArmed ?? true, month, requested: ZERO, isLimitAlerted: false }
  if (balanceOf(draft.balances).gt(terms.threshold)) {
    if (!record.isArmed) draft.setTopUpRecord({ ...record, isArmed: true })
    return
  }
  if (!record.isArmed) return
  const requested = record.requested.plus(terms.amount)
  if (requested.gt(terms.maxPerMonth)) {
    if (record.isLimitAlerted) return
    draft.setTopUpRecord({ ...record, isLimitAlerted: true })
    draft.raise({
      kind: 'top_up_failed',
      threshold: terms.threshold,
      topUpAmount: terms.amount,
      reason: `${record.requested.toFixed()} of at most ${terms.maxPerMonth.toFixed()} credits were requested this month. Raise the maximum, or grant credits.`,
    })
    return
  }
  draft.setTopUpRecord({ ...record, isArmed: false, requested })
  const id = ids.uuidV7(now.epochMilliseconds)
  const { customerId } = draft.owner
  draft.putTopUp({
    id,
    walletId: draft.id,
    customerId,
    amount: terms.amount,
    state: 'requested',
    requestedAt: now,
    attempts: 0,
    nextAttemptAt: now,
    grantId: null,
    reason: null,
  })
  draft.raise({ kind: 'top_up_requested', threshold: terms.threshold, topUpId: id, topUpAmount: terms.amount })
}

function monthOf(time: Temporal.Instant): number {
  const { year, month } = time.toZonedDateTimeISO('UTC')
  return (year - 1970) * 12 + month - 1
}
