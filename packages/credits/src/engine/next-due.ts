import { Temporal } from '@tollgate/kernel'
import { isOpen } from '../model/grant.ts'
import { DAY_MS, dayOf } from './measure-burn.ts'
import { expiresSoonFrom } from './watch-wallet.ts'
import type { WalletDraft } from './wallet-draft.ts'

/**
 * Returns when something is due in a wallet next: a grant starts, starts to expire soon, or expires; an allowance is given; a
 * day starts of a wallet that alerts on days left. Null for never. Reservations are not looked at.
 */
export function nextDueOf(draft: WalletDraft, now: Temporal.Instant): Temporal.Instant | null {
  const { expiresWithinDays, daysLeft } = draft.terms.alerts
  let next: Temporal.Instant | null = null
  const consider = (at: Temporal.Instant | null) => {
    if (at !== null && (next === null || Temporal.Instant.compare(at, next) < 0)) next = at
  }
  for (const grant of draft.grants) {
    const { state, effectiveAt, expiresAt, expiryAlertedAt } = grant
    if (state === 'pending') consider(effectiveAt)
    if (state !== 'active' || expiresAt === null) continue
    consider(expiresAt)
    if (expiryAlertedAt === null && isOpen(grant)) consider(expiresSoonFrom(expiresAt, expiresWithinDays))
  }
  for (const { nextAt, endsAt } of draft.allowances) {
    if (endsAt === null || Temporal.Instant.compare(nextAt, endsAt) < 0) consider(nextAt)
  }
  if (daysLeft !== null) consider(Temporal.Instant.fromEpochMilliseconds((dayOf(now) + 1) * DAY_MS))
  return next
}
