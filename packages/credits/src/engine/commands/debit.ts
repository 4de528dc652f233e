import { type Decimal, ZERO } from '@tollgate/kernel'
import type { Posting } from '../../model/account.ts'
import { CreditKeyReused } from '../../model/errors.ts'
import type { Debit, DebitCommand, SpendCommand } from '../command.ts'
import { classifyKey, type CreditBook, walletOf } from '../credit-book.ts'
import type { CommandOutcome } from '../outcome.ts'
import { sumOfShares } from '../pay-debt.ts'
import { entriesOfRun, hasRoom } from '../debit-run.ts'
import { spendable } from '../spendable.ts'
import type { WalletDraft } from '../wallet-draft.ts'
import { applied, repeated } from './applied.ts'

/** Debits usage that has happened. What no grant covers becomes debt. The outcome does not list the entries, which may be thousands. */
export function applyDebit(book: CreditBook, command: DebitCommand): CommandOutcome {
  const draft = walletOf(book, command.walletId)
  const { debits } = command
  const room = draft.roomOfRun(null)
  let total = ZERO
  for (const { amount } of debits) total = total.plus(amount)
  if (debits.length > 0 && room !== undefined && hasRoom(room, total)) draft.postRun(room.grant, debits, total)
  else for (const debit of debits) postDebit(draft, debit)
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

/**
 * Debits amounts of one wallet that have no idempotency key, each if it fits. Consecutive ones that one grant pays without an
 * alert are a run, which costs a third of what they cost one by one. The outcomes are the same.
 */
export function applySpends(book: CreditBook, commands: readonly SpendCommand[]): CommandOutcome[] {
  const outcomes: CommandOutcome[] = []
  for (let next = commands[0]; next !== undefined; next = commands[outcomes.length]) {
    spendRun(walletOf(book, next.walletId), commands, outcomes)
    const outside = commands[outcomes.length]
    if (outside !== undefined) outcomes.push(applySpend(book, outside))
  }
  return outcomes
}

/** Debits the next amounts for which a run has room, and adds their outcomes. */
function spendRun(draft: WalletDraft, commands: readonly SpendCommand[], outcomes: CommandOutcome[]): void {
  const room = draft.roomOfRun(spendable(draft))
  if (room === undefined) return
  const debits: Debit[] = []
  let total = ZERO
  for (let at = outcomes.length; at < commands.length; at += 1) {
    const debit = commands[at]?.debit
    const next = debit && total.plus(debit.amount)
    if (debit === undefined || next === undefined || !hasRoom(room, next)) break
    debits.push(debit)
    total = next
  }
  if (debits.length === 0) return
  const { reserved } = draft.balances
  for (const entry of entriesOfRun(draft.postRun(room.grant, debits, total))) {
    outcomes.push({
      kind: 'applied',
      isRepeat: false,
      entries: [entry],
      available: reserved.isZero() ? entry.balanceAfter : entry.balanceAfter.minus(reserved),
    })
  }
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
