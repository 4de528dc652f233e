import { formatDecimal, wordOf } from '../ui/format.ts'
import type { LiveOfCustomerSubscription, LiveSubscription } from './live.operations.ts'

/** Something that happened while the page was open. */
export interface Notice {
  readonly key: string
  readonly text: string
  readonly at: string
  readonly isGood: boolean
}

/** A customer gets no alerts of its tenant, and may not read what the tenant is called. */
type Update = LiveSubscription['live'] | LiveOfCustomerSubscription['live']

/** How many notices are kept. Older ones are on the page of alerts. */
const MAX_NOTICES = 20

/** Returns what to tell a person about an update; undefined if it is only usage. */
export function noticeOf(update: Update): Notice | undefined {
  const { quotaAlert, creditAlert } = update
  const alert = 'alert' in update ? update.alert : null
  if (quotaAlert !== null) {
    const { metric, window, threshold, used, limit, occurredAt, cursor } = quotaAlert
    const has = 'tenant' in quotaAlert ? `${quotaAlert.tenant.name} has used` : 'You have used'
    const its = 'tenant' in quotaAlert ? 'its' : 'your'
    const text = `${has} ${formatDecimal(threshold)} % of ${its} ${wordOf(metric)} per ${wordOf(window)}: ${formatDecimal(used)} of ${formatDecimal(limit)}.`
    return { key: `quota ${cursor}`, text, at: occurredAt, isGood: false }
  }
  if (alert !== null) return { key: `alert ${alert.cursor}`, text: alert.message, at: alert.occurredAt, isGood: alert.type === 'RECOVERED' }
  if (creditAlert !== null) {
    const { tenantId, customerId, kind, balance, occurredAt, cursor } = creditAlert
    const text = `Credits of ${customerId ?? tenantId}: ${wordOf(kind)}, balance ${formatDecimal(balance)}.`
    return { key: `credit ${cursor}`, text, at: occurredAt, isGood: false }
  }
  return undefined
}

/** Adds a notice to the others, newest first. One that came before is not added again. */
export function withNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  return notices.some(({ key }) => key === notice.key) ? notices : [notice, ...notices].slice(0, MAX_NOTICES)
}
