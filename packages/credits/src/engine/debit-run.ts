import { type Decimal, type Temporal, ZERO } from '@tollgate/kernel'
import type { CreditEntry } from '../model/entry.ts'
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

function entriesOfRun({ walletId, grantId, recordedAt, sequenceBefore, balanceBefore, consumedBefore, debits }: DebitRun): CreditEntry[] {
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

/** Whether a balance that falls raises an alert on the way. */
export function raisesAlert({ alerts: { below } }: WalletTerms, before: Decimal, after: Decimal): boolean {
  return below.some(threshold => before.gt(threshold) && after.lte(threshold)) || (before.gt(0) && after.lte(0))
}
