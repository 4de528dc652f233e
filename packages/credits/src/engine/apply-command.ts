import { Temporal } from '@tollgate/kernel'
import { advance } from './advance.ts'
import type { SpendCommand, WalletCommand } from './command.ts'
import { applied } from './commands/applied.ts'
import { applyCorrect } from './commands/correct.ts'
import { applyDebit, applySpend, applySpends } from './commands/debit.ts'
import { applyFailTopUp } from './commands/fail-top-up.ts'
import { applyGrant } from './commands/grant.ts'
import { applyExtend, applyRelease, applyReserve, applySettle } from './commands/reservation.ts'
import { applyTransfer } from './commands/transfer.ts'
import { applyVoid } from './commands/void.ts'
import { type CreditBook, walletOf } from './credit-book.ts'
import type { CommandOutcome } from './outcome.ts'
import { watchTopUp } from './watch-top-up.ts'
import { watchWallet } from './watch-wallet.ts'

/** Applies commands in order to the wallets of a book, after what has become due in them, and raises alerts and requests top-ups. Each is applied as a whole or not at all. */
export function applyCommands(book: CreditBook, commands: readonly WalletCommand[]): CommandOutcome[] {
  for (const draft of book.wallets.values()) advance(draft, book.now, book.ids)
  const outcomes: CommandOutcome[] = []
  while (outcomes.length < commands.length) {
    const spends = nextSpends(commands, outcomes.length)
    const command = commands[outcomes.length]
    if (spends.length > 1) outcomes.push(...applySpends(book, spends))
    else if (command !== undefined) outcomes.push(applyCommand(book, command))
  }
  for (const draft of book.wallets.values()) {
    watchWallet(draft, book.now)
    watchTopUp(draft, book.now, book.ids)
  }
  return outcomes
}

/** Returns the commands from `from` on that spend from one wallet without an idempotency key. */
function nextSpends(commands: readonly WalletCommand[], from: number): readonly SpendCommand[] {
  const walletId = commands[from]?.walletId
  const spends: SpendCommand[] = []
  for (let at = from; at < commands.length; at += 1) {
    const command = commands[at]
    if (command?.kind !== 'spend' || command.once !== null || command.walletId !== walletId) break
    spends.push(command)
  }
  return spends
}

function applyCommand(book: CreditBook, command: WalletCommand): CommandOutcome {
  switch (command.kind) {
    case 'grant':
      return applyGrant(book, command)
    case 'debit':
      return applyDebit(book, command)
    case 'spend':
      return applySpend(book, command)
    case 'reserve':
      return applyReserve(book, command)
    case 'settle':
      return applySettle(book, command)
    case 'release':
      return applyRelease(book, command)
    case 'extend':
      return applyExtend(book, command)
    case 'void':
      return applyVoid(book, command)
    case 'transfer':
      return applyTransfer(book, command)
    case 'correct':
      return applyCorrect(book, command)
    case 'set_terms': {
      const draft = walletOf(book, command.walletId)
      draft.setTerms(command.terms)
      if (command.terms.alerts.daysLeft !== null && draft.burn === null) draft.setBurn({ dayStarts: command.dayStarts, isAlerted: false })
      return applied(draft, draft.entries.length)
    }
    case 'set_allowance': {
      const draft = walletOf(book, command.walletId)
      const known = draft.allowance(command.allowance.id)
      // The current period is not given again, and periods in which it had ended are not given later.
      const isGivenUntilLater = command.keepsPeriod && known !== undefined && Temporal.Instant.compare(known.nextAt, book.now) > 0
      draft.putAllowance(isGivenUntilLater ? { ...command.allowance, nextAt: known.nextAt } : command.allowance)
      advance(draft, book.now, book.ids)
      return applied(draft, draft.entries.length)
    }
    case 'fail_top_up':
      return applyFailTopUp(book, command)
    case 'advance': {
      const draft = walletOf(book, command.walletId)
      draft.visit()
      return applied(draft, draft.entries.length)
    }
  }
}
