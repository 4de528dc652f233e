import { Decimal, InvalidInput, Temporal, ZERO } from '@tollgate/kernel'
import { CreditReservationClosed, CreditReservationNotFound } from '../../model/errors.ts'
import type { CreditReservation, GrantShare } from '../../model/reservation.ts'
import type { ExtendCommand, ReleaseCommand, ReserveCommand, SettleCommand } from '../command.ts'
import { type CreditBook, walletOf } from '../credit-book.ts'
import { endReservation } from '../end-reservation.ts'
import type { CommandOutcome, Failed } from '../outcome.ts'
import { payDebt, sumOfShares } from '../pay-debt.ts'
import { returnShares } from '../return-shares.ts'
import { spendable } from '../spendable.ts'
import type { WalletDraft } from '../wallet-draft.ts'
import { applied } from './applied.ts'
import { addDebt, postDebit } from './debit.ts'

/**
 * Holds an amount if it fits. The same reservation again changes nothing while it is open and after it was settled; one that
 * was released or has expired holds the amount again.
 */
export function applyReserve(book: CreditBook, { walletId, reservationId, amount, expiresAt }: ReserveCommand): CommandOutcome {
  const draft = walletOf(book, walletId)
  const from = draft.entries.length
  const known = draft.reservation(reservationId)
  if (known !== undefined && !known.amount.eq(amount)) {
    return { kind: 'failed', error: new InvalidInput([{ path: 'reservationId', message: `was used for a reservation of ${known.amount.toFixed()} credits` }]) }
  }
  if (known?.state === 'open' || known?.state === 'settled') return { ...applied(draft, from, { reservation: known }), isRepeat: true }
  const limit = spendable(draft)
  if (limit !== null && amount.gt(limit)) return { kind: 'refused', spendable: limit, available: draft.balances.available }
  const shares = draft.take(amount, true)
  const uncovered = sumOfShares(shares.filter(({ grantId }) => grantId === null))
  if (!uncovered.isZero()) draft.changeHeldWithoutGrant(uncovered)
  const reservation: CreditReservation = { id: reservationId, walletId, amount, state: 'open', createdAt: known?.createdAt ?? book.now, expiresAt, shares }
  draft.putReservation(reservation)
  draft.post({ kind: 'reserve', occurredAt: book.now, reservationId, shares }, [
    { account: 'available', amount: ZERO.minus(amount) },
    { account: 'reserved', amount },
  ])
  return applied(draft, from, { reservation })
}

/**
 * Ends a reservation and debits the actual amount: first from the grants that it held, then as any debit. The rest can be
 * spent again. The amount is debited even if the reservation has ended, because the usage has happened. What another wallet
 * holds is released.
 */
export function applySettle(book: CreditBook, { walletId, heldBy, reservationId, debit, isRecorded }: SettleCommand): CommandOutcome {
  if (heldBy !== undefined) releaseIfOpen(walletOf(book, heldBy), reservationId, book.now)
  const draft = walletOf(book, walletId)
  const from = draft.entries.length
  const known = draft.reservation(reservationId)
  if (known === undefined || known.state === 'settled') {
    if (!isRecorded)
      return {
        kind: 'failed',
        error: known === undefined ? new CreditReservationNotFound(reservationId) : new CreditReservationClosed(reservationId, known.state),
      }
    // Usage without a credit cost that settles no reservation of credits has no entry.
    if (!debit.amount.isZero() || debit.costId !== null) postDebit(draft, debit)
    return applied(draft, from)
  }
  const { amount, ...reason } = debit
  const [used, rest] = splitShares(draft, known.state === 'open' ? known.shares : [], amount)
  const { available, expired } = returnShares(draft, rest)
  const more = draft.take(amount.minus(sumOfShares(used)), false)
  addDebt(draft, more)
  const reservation: CreditReservation = { ...known, state: 'settled', shares: [] }
  draft.putReservation(reservation)
  const held = known.state === 'open' ? known.amount : ZERO
  const paid = payDebt(draft)
  draft.post({ kind: 'settle', ...reason, reservationId, shares: [...used, ...more, ...paid] }, [
    { account: 'reserved', amount: ZERO.minus(held) },
    { account: 'available', amount: available.minus(sumOfShares(more)) },
    { account: 'expired', amount: expired },
    { account: 'consumed', amount },
  ])
  return applied(draft, from, { reservation })
}

function releaseIfOpen(draft: WalletDraft, reservationId: string, now: Temporal.Instant): void {
  const known = draft.reservation(reservationId)
  if (known?.state === 'open') endReservation(draft, known, { state: 'released', at: now })
}

/** Ends a reservation without a debit. A reservation that was released or has expired stays as it is. */
export function applyRelease(book: CreditBook, { walletId, reservationId }: ReleaseCommand): CommandOutcome {
  const draft = walletOf(book, walletId)
  const from = draft.entries.length
  const known = draft.reservation(reservationId)
  if (known === undefined) return { kind: 'failed', error: new CreditReservationNotFound(reservationId) }
  if (known.state === 'settled') return { kind: 'failed', error: new CreditReservationClosed(reservationId, known.state) }
  if (known.state !== 'open') return { ...applied(draft, from, { reservation: known }), isRepeat: true }
  const reservation = endReservation(draft, known, { state: 'released', at: book.now })
  return applied(draft, from, { reservation })
}

/** Moves the end of an open reservation. Never makes it end earlier. */
export function applyExtend(book: CreditBook, { walletId, reservationId, expiresAt }: ExtendCommand): CommandOutcome {
  const draft = walletOf(book, walletId)
  const known = openReservation(draft, reservationId)
  if ('kind' in known) return known
  const reservation = Temporal.Instant.compare(expiresAt, known.expiresAt) > 0 ? { ...known, expiresAt } : known
  if (reservation !== known) draft.putReservation(reservation)
  return applied(draft, draft.entries.length, { reservation })
}

function openReservation(draft: WalletDraft, id: string): CreditReservation | Failed {
  const known = draft.reservation(id)
  if (known === undefined) return { kind: 'failed', error: new CreditReservationNotFound(id) }
  return known.state === 'open' ? known : { kind: 'failed', error: new CreditReservationClosed(id, known.state) }
}

/**
 * Splits what a reservation holds into what the actual amount uses and the rest. What it holds of no grant is never used:
 * that part of the amount is taken from grants that were given since, or becomes debt.
 */
function splitShares(draft: WalletDraft, shares: readonly GrantShare[], amount: Decimal): [used: GrantShare[], rest: GrantShare[]] {
  const [used, rest]: [GrantShare[], GrantShare[]] = [[], []]
  let left = amount
  for (const share of shares) {
    const taken = share.grantId === null ? ZERO : Decimal.min(share.amount, left)
    left = left.minus(taken)
    if (taken.lt(share.amount)) rest.push({ ...share, amount: share.amount.minus(taken) })
    if (taken.isZero()) continue
    used.push({ ...share, amount: taken })
    const grant = draft.grant(share.grantId ?? '')
    if (grant === undefined) throw new Error(`The grant ${share.grantId}, of which a reservation holds credits, was not loaded.`)
    draft.putGrant({ ...grant, held: grant.held.minus(taken) })
  }
  return [used, rest]
}
