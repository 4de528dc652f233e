import { type Decimal, ZERO } from '@tollgate/kernel'
import type { Posting } from '../../model/account.ts'
import { CreditKeyReused } from '../../model/errors.ts'
import type { Debit, DebitCommand, SpendCommand } from '../command.ts'
import { classifyKey, type CreditBook, walletOf } from '../credit-book.ts'
import type { CommandOutcome } from '../outcome.ts'
import { sumOfShares } from '../pay-debt.ts'
import { spendable } from '../spendable.ts'
import type { WalletDraft } from '../wallet-draft.ts'
import { applied, repeated } from './applied.ts'

/** Debits usage that has happened. What no grant covers becomes debt. The outcome does not list the entries, which may be thousands. */
export function applyDebit(book: CreditBook, command: DebitCommand): CommandOutcome {
  const draft = walletOf(book, command.walletId)
  if (!draft.postRun(command.debits)) for (const debit of command.debits) postDebit(draft, debit)
  return applied(draft, draft.entries.length)
}

/** Debits an amount if it fits, once for its idempotency key. */
export function applySpend(book: CreditBook, { walletId, once, debit }: SpendCommand): CommandOutcome {
  const draft = walletOf(book, walletId)
  const use = once === null ? 'new' : classifyKey(book, once)
  if (use === 'reused') return { kind: 'failed', error: new CreditKeyReused(once?.key ?? '') }
  if (use === 'repeat') return repeated(draft)
  const limit = spendable(draft)
  if (limit !== null && debit.amount.gt(limit)) return { kind: 'refused', spendable: limit, available: draft.balances.available }
  const from = draft.entries.length
  postDebit(draft, debit)
  if (once !== null) book.keys.set(once.key, { fingerprint: once.fingerprint, grantId: null })
  return applied(draft, from)
}

/** Debits an amount, whatever the balance is. A correction is a debit of more for earlier usage. */
export function postDebit(draft: WalletDraft, { amount, ...reason }: Debit, kind: 'debit' | 'correction' = 'debit'): void {
  const shares = draft.take(amount, false)
  addDebt(draft, shares)
  draft.post({ kind, ...reason, shares }, spendPostings(amount))
}

/** Adds what no grant covers to the debt of the wallet. */
export function addDebt(draft: WalletDraft, shares: ReturnType<WalletDraft['take']>): void {
  const uncovered = sumOfShares(shares.filter(({ grantId }) => grantId === null))
  if (!uncovered.isZero()) draft.changeDebt(uncovered)
}

/** Returns the postings of an amount that is spent from the available credits. */
export function spendPostings(amount: Decimal): readonly Posting[] {
  return [
    { account: 'available', amount: ZERO.minus(amount) },
    { account: 'consumed', amount },
  ]
}
