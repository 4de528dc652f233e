import { Decimal, type Temporal, ZERO } from '@tollgate/kernel'
import type { CreditEntry } from '../model/entry.ts'
import type { Grant } from '../model/grant.ts'
import type { WalletTerms } from '../model/wallet.ts'
import type { Debit } from './command.ts'

/**
 * Consecutive debits of a wallet that one grant pays. They differ only in what is debited and why, so a store can write
 * thousands of them without making an entry of each.
 */
export interface DebitRun {
  readonly walletId: string
  readonly grantId: string
  readonly recordedAt: Temporal.Instant
  /** Sequence of the entry before the first. */
  readonly sequenceBefore: number
  readonly balanceBefore: Decimal
  readonly consumedBefore: Decimal
  readonly debits: readonly Debit[]
}

/** How much a run may debit. */
export interface RunRoom {
  /** The grant that pays. */
  readonly grant: Grant
  /** What remains of the grant, or can be spent, if that is less. */
  readonly most: Decimal
  /** From this amount on an alert is raised, which a run does not do. Null for no alert. */
  readonly alertsFrom: Decimal | null
}

/** Whether a run may debit an amount. `debit-in-place.ts` repeats it in SQL. */
export function hasRoom({ most, alertsFrom }: RunRoom, amount: Decimal): boolean {
  return amount.lte(most) && (alertsFrom === null || amount.lt(alertsFrom))
}

/** Returns the entries of a run. */
export function entriesOfRun({ walletId, grantId, recordedAt, sequenceBefore, balanceBefore, consumedBefore, debits }: DebitRun): CreditEntry[] {
  let [balanceAfter, consumedAfter] = [balanceBefore, consumedBefore]
  return debits.map(({ amount, ...reason }, i): CreditEntry => {
    balanceAfter = balanceAfter.minus(amount)
    consumedAfter = consumedAfter.plus(amount)
    const taken = ZERO.minus(amount)
    return {
      ...reason,
      kind: 'debit',
      walletId,
      sequence: sequenceBefore + i + 1,
      recordedAt,
      postings: amount.isZero()
        ? []
        : [
            { account: 'available', amount: taken },
            { account: 'consumed', amount },
          ],
      amount: amount.isZero() ? ZERO : taken,
      balanceAfter,
      consumedAfter,
      grantId: null,
      reservationId: null,
      shares: amount.isZero() ? [] : [{ grantId, amount }],
    }
  })
}

/** Returns all that commands have recorded in a wallet, in order. */
export function recordedEntries({
  entries,
  debitRuns,
}: {
  readonly entries: readonly CreditEntry[]
  readonly debitRuns: readonly DebitRun[]
}): readonly CreditEntry[] {
  if (debitRuns.length === 0) return entries
  return [...entries, ...debitRuns.flatMap(entriesOfRun)].sort((one, other) => one.sequence - other.sequence)
}

/** Returns the amount from which a debit raises an alert about the balance; null if none would. `debit-in-place.ts` repeats it in SQL. */
export function alertingAmount({ alerts: { below } }: WalletTerms, balance: Decimal): Decimal | null {
  const next = [...below, ZERO].filter(threshold => balance.gt(threshold))
  return next.length === 0 ? null : balance.minus(Decimal.max(...next))
}
