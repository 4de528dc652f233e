import { Decimal, type Temporal } from '@tollgate/kernel'
import { EMPTY_BURN } from '../model/burn-record.ts'
import { type Grant, isOpen } from '../model/grant.ts'
import { balanceOf } from '../model/wallet.ts'
import { DAY_MS, dayOf, daysLeft, measureBurn, recordDayStart } from './measure-burn.ts'
import type { WalletDraft } from './wallet-draft.ts'

/** Days that the balance must last beyond the threshold before the alert can be raised again. A rate that varies a little alerts once. */
const RECOVERY_DAYS = 1

/** Decimal places of the days left in an alert. */
const DAYS_LEFT_DECIMALS = 2

/**
 * Raises the alerts that depend on the time, each once for as long as its situation lasts: grants that expire soon, and a
 * balance that lasts too few days. Called after the commands of a transaction, so that the transaction that finds the
 * situation raises the alert. `debit-in-place.ts` leaves out wallets that may have something to watch.
 */
export function watchWallet(draft: WalletDraft, now: Temporal.Instant): void {
  watchExpiry(draft, now)
  watchDaysLeft(draft, now)
}

/** Returns when a grant starts to expire soon; null for never. */
export function expiresSoonFrom(expiresAt: Temporal.Instant, withinDays: number | null): Temporal.Instant | null {
  return withinDays === null ? null : expiresAt.subtract({ hours: withinDays * 24 })
}

function watchExpiry(draft: WalletDraft, now: Temporal.Instant): void {
  const { expiresWithinDays } = draft.terms.alerts
  const changed: ExpiringGrant[] = []
  for (const grant of draft.grants) {
    const { state, expiresAt } = grant
    if (state !== 'active' || expiresAt === null || !isOpen(grant)) continue
    const isSoon = expiresWithinDays !== null && expiresAt.epochMilliseconds - now.epochMilliseconds <= expiresWithinDays * DAY_MS
    if (isSoon !== (grant.expiryAlertedAt !== null)) changed.push({ grant, expiresAt, isSoon })
  }
  // Stores return grants in any order.
  if (changed.length > 1) changed.sort(compareExpiry)
  for (const { grant, expiresAt, isSoon } of changed) {
    draft.putGrant({ ...grant, expiryAlertedAt: isSoon ? draft.recordedAt : null })
    if (!isSoon || expiresWithinDays === null) continue
    draft.raise({ kind: 'expiring_soon', threshold: new Decimal(expiresWithinDays), grantId: grant.id, expiresAt, expiring: grant.remaining.plus(grant.held) })
  }
}

/** A grant that has started to expire soon, or no longer does. */
interface ExpiringGrant {
  readonly grant: Grant
  readonly expiresAt: Temporal.Instant
  readonly isSoon: boolean
}

function compareExpiry(one: ExpiringGrant, other: ExpiringGrant): number {
  return one.expiresAt.epochMilliseconds - other.expiresAt.epochMilliseconds || (one.grant.id < other.grant.id ? -1 : 1)
}

function watchDaysLeft(draft: WalletDraft, now: Temporal.Instant): void {
  const { daysLeft: threshold } = draft.terms.alerts
  const { burn, consumedBefore, balances } = draft
  if (threshold === null) {
    if (burn !== null) draft.setBurn(null)
    return
  }
  const { isAlerted, dayStarts: known } = burn ?? EMPTY_BURN
  const dayStarts = recordDayStart({ dayStarts: known, isAlerted }, { day: dayOf(now), consumed: consumedBefore })
  const left = daysLeft(balanceOf(balances), measureBurn(dayStarts, { now, createdAt: draft.owner.createdAt, consumed: balances.consumed }))
  const isShort = left !== null && left.lt(isAlerted ? threshold + RECOVERY_DAYS : threshold)
  if (isShort !== isAlerted || dayStarts.length !== known.length || dayStarts.at(-1) !== known.at(-1)) draft.setBurn({ dayStarts, isAlerted: isShort })
  if (isShort && !isAlerted) {
    const rounded = left.toDecimalPlaces(DAYS_LEFT_DECIMALS, Decimal.ROUND_DOWN)
    draft.raise({ kind: 'low_balance', threshold: new Decimal(threshold), daysLeft: rounded })
  }
}
