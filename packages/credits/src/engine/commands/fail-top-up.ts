import type { FailTopUpCommand } from '../command.ts'
import { type CreditBook, walletOf } from '../credit-book.ts'
import type { CommandOutcome } from '../outcome.ts'
import { applied } from './applied.ts'

/** Ends a top-up that was not granted, and alerts. One that has ended stays as it is. */
export function applyFailTopUp(book: CreditBook, { walletId, topUpId, reason }: FailTopUpCommand): CommandOutcome {
  const draft = walletOf(book, walletId)
  const known = draft.topUp(topUpId)
  if (known?.state === 'requested') {
    draft.putTopUp({ ...known, state: 'failed', reason })
    draft.raise({ kind: 'top_up_failed', topUpId, topUpAmount: known.amount, reason })
  }
  return applied(draft, draft.entries.length)
}
