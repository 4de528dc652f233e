import { ZERO } from '@tollgate/kernel'
import { type Grant, STANDARD_PRIORITY } from '../../model/grant.ts'
import { NO_ROLLOVER } from '../../model/rollover.ts'
import type { CorrectCommand } from '../command.ts'
import { type CreditBook, walletOf } from '../credit-book.ts'
import { payDebt } from '../pay-debt.ts'
import type { CommandOutcome } from '../outcome.ts'
import { applied } from './applied.ts'
import { postDebit, spendPostings } from './debit.ts'

/** Corrects an earlier debit. What is given back becomes a grant without expiry; what is owed is debited as usage. */
export function applyCorrect(book: CreditBook, { walletId, debit }: CorrectCommand): CommandOutcome {
  const draft = walletOf(book, walletId)
  const from = draft.entries.length
  const { amount, ...reason } = debit
  if (amount.isNegative()) {
    const given = ZERO.minus(amount)
    const grant: Grant = {
      id: book.ids.uuidV7(book.now.epochMilliseconds),
      walletId,
      amount: given,
      remaining: given,
      held: ZERO,
      state: 'active',
      source: 'correction',
      priority: STANDARD_PRIORITY,
      effectiveAt: book.now,
      expiresAt: null,
      rollover: NO_ROLLOVER,
      description: null,
      expiryAlertedAt: null,
      createdAt: book.now,
    }
    draft.putGrant(grant)
    draft.post({ kind: 'correction', ...reason, grantId: grant.id, shares: payDebt(draft) }, spendPostings(amount))
  } else if (amount.gt(0)) {
    postDebit(draft, debit, 'correction')
  }
  return applied(draft, from)
}
