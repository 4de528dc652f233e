import { billingPeriodContaining, type IdSource, Temporal, ZERO } from '@tollgate/kernel'
import type { Posting } from '../model/account.ts'
import type { Allowance } from '../model/allowance.ts'
import type { Grant } from '../model/grant.ts'
import type { CreditReservation } from '../model/reservation.ts'
import { NO_ROLLOVER, rolledOver } from '../model/rollover.ts'
import { endReservation } from './end-reservation.ts'
import { giveCredits } from './give-credits.ts'
import type { WalletDraft } from './wallet-draft.ts'

/** What is due in a wallet at a time. Of those due at the same time, the earlier kind comes first. */
type Due =
  | { readonly kind: 'end_reservation'; readonly at: Temporal.Instant; readonly reservation: CreditReservation }
  | { readonly kind: 'expire'; readonly at: Temporal.Instant; readonly grant: Grant }
  | { readonly kind: 'activate'; readonly at: Temporal.Instant; readonly grant: Grant }
  | { readonly kind: 'allow'; readonly at: Temporal.Instant; readonly allowance: Allowance }

const ORDER = { end_reservation: 0, expire: 1, activate: 2, allow: 3 } as const

/**
 * Does everything that has become due in a wallet, in the order of time: ends reservations, expires and rolls over grants,
 * makes pending grants active, gives allowances. Called before each command and each reading, so that the result does not
 * depend on when a job runs.
 */
export function advance(draft: WalletDraft, now: Temporal.Instant, ids: IdSource): void {
  for (let due = nextDue(draft, now); due !== undefined; due = nextDue(draft, now)) {
    switch (due.kind) {
      case 'end_reservation':
        endReservation(draft, due.reservation, { state: 'expired', at: due.at })
        break
      case 'expire':
        expireGrant(draft, due.grant, due.at, ids)
        break
      case 'activate':
        giveCredits(draft, due.grant, { kind: 'grant', at: due.at, postings: grantPostings(due.grant) })
        break
      case 'allow':
        giveAllowance(draft, due.allowance, ids)
    }
  }
}

/** Returns the postings that give the credits of a grant. */
export function grantPostings({ remaining }: Pick<Grant, 'remaining'>): readonly Posting[] {
  return [
    { account: 'granted', amount: ZERO.minus(remaining) },
    { account: 'available', amount: remaining },
  ]
}

function nextDue(draft: WalletDraft, now: Temporal.Instant): Due | undefined {
  let next: Due | undefined
  const consider = (due: Due) => {
    if (Temporal.Instant.compare(due.at, now) > 0) return
    const order = next === undefined ? -1 : Temporal.Instant.compare(due.at, next.at) || ORDER[due.kind] - ORDER[next.kind] || compareIds(due, next)
    if (order < 0) next = due
  }
  for (const reservation of draft.reservations) {
    if (reservation.state === 'open') consider({ kind: 'end_reservation', at: reservation.expiresAt, reservation })
  }
  for (const grant of draft.grants) {
    if (grant.state === 'pending') consider({ kind: 'activate', at: grant.effectiveAt, grant })
    if (grant.state === 'active' && grant.expiresAt !== null) consider({ kind: 'expire', at: grant.expiresAt, grant })
  }
  for (const allowance of draft.allowances) {
    if (allowance.endsAt === null || Temporal.Instant.compare(allowance.nextAt, allowance.endsAt) < 0)
      consider({ kind: 'allow', at: allowance.nextAt, allowance })
  }
  return next
}

/** Stores return rows in any order, and what is done first gets the first id. */
function compareIds(one: Due, other: Due): number {
  return idOf(one) < idOf(other) ? -1 : 1
}

function idOf(due: Due): string {
  switch (due.kind) {
    case 'end_reservation':
      return due.reservation.id
    case 'allow':
      return due.allowance.id
    default:
      return due.grant.id
  }
}

function expireGrant(draft: WalletDraft, grant: Grant, at: Temporal.Instant, ids: IdSource): void {
  const kept = rolledOver(grant.rollover, grant.amount, grant.remaining)
  const lost = grant.remaining.minus(kept)
  draft.putGrant({ ...grant, state: 'ended', remaining: ZERO })
  if (lost.gt(0)) {
    draft.post({ kind: 'expire', occurredAt: at, grantId: grant.id }, [
      { account: 'available', amount: ZERO.minus(lost) },
      { account: 'expired', amount: lost },
    ])
  }
  if (kept.isZero()) return
  const next: Grant = {
    ...grant,
    id: ids.uuidV7(at.epochMilliseconds),
    amount: kept,
    remaining: kept,
    held: ZERO,
    source: 'rollover',
    effectiveAt: at,
    expiresAt: nextExpiry(draft, grant, at),
    rollover: NO_ROLLOVER,
    expiryAlertedAt: null,
    createdAt: draft.recordedAt,
  }
  draft.putGrant(next)
  draft.post({ kind: 'rollover', occurredAt: at, grantId: next.id, shares: [{ grantId: grant.id, amount: kept }] }, [])
}

/** What rolls over of an allowance lasts to the end of the next billing period; of another grant, as long as the grant did. */
function nextExpiry({ allowances }: WalletDraft, { source, description, effectiveAt }: Grant, at: Temporal.Instant): Temporal.Instant {
  const allowance = source === 'plan_allowance' ? [...allowances].find(({ id }) => id === description) : undefined
  return allowance === undefined ? at.add(at.since(effectiveAt)) : periodOf(allowance, at).to
}

function periodOf({ anchorDay, timeZone }: Allowance, at: Temporal.Instant): { readonly from: Temporal.Instant; readonly to: Temporal.Instant } {
  return billingPeriodContaining(at, { anchorDay }, timeZone)
}

function giveAllowance(draft: WalletDraft, allowance: Allowance, ids: IdSource): void {
  const { from, to } = periodOf(allowance, allowance.nextAt)
  draft.putAllowance({ ...allowance, nextAt: to })
  const grant: Grant = {
    id: ids.uuidV7(allowance.nextAt.epochMilliseconds),
    walletId: draft.id,
    amount: allowance.amount,
    remaining: allowance.amount,
    held: ZERO,
    state: 'active',
    source: 'plan_allowance',
    priority: allowance.priority,
    effectiveAt: Temporal.Instant.compare(from, allowance.nextAt) < 0 ? allowance.nextAt : from,
    expiresAt: to,
    rollover: allowance.rollover,
    description: allowance.id,
    expiryAlertedAt: null,
    createdAt: draft.recordedAt,
  }
  giveCredits(draft, grant, { kind: 'grant', at: allowance.nextAt, postings: grantPostings(grant) })
}
