import { billingPeriodContaining, type Period, periodIncludes, Temporal } from '@tollgate/kernel'
import type { FeeInterval } from '../../model/plans/billing-plan.ts'
import type { Subscription } from '../../model/subscriptions/subscription.ts'

/** The fields of a subscription that decide where its periods start. */
export type PeriodTerms = Pick<Subscription, 'anchorDay' | 'timeZone' | 'startedAt' | 'phases'>

/** Number of anchor days and zones whose last period is kept. */
const MAX_KEPT_PERIODS = 1_000

/** The last period of each anchor day and zone: the subscriptions of a billing run share theirs, and finding one is slow. */
const lastPeriods = new Map<string, Period>()

/** Returns the billing period of a subscription that contains an instant. Usage is billed by these. */
export function billingPeriodOf({ anchorDay, timeZone }: Pick<Subscription, 'anchorDay' | 'timeZone'>, at: Temporal.Instant): Period {
  const key = `${anchorDay} ${timeZone}`
  const last = lastPeriods.get(key)
  if (last !== undefined && periodIncludes(last, at)) return last
  const period = billingPeriodContaining(at, { anchorDay }, timeZone)
  if (lastPeriods.size >= MAX_KEPT_PERIODS) lastPeriods.clear()
  lastPeriods.set(key, period)
  return period
}

/**
 * Returns the month or year that a fee pays for and that contains an instant. Months are billing periods. Years begin
 * with the billing period in which the first active phase starts, and on its anniversaries. If the first active phase
 * starts on the first day of a period, the interval starts with the phase instead of at midnight, so that its fee is due
 * in full.
 */
export function feeIntervalContaining(subscription: PeriodTerms, unit: FeeInterval, at: Temporal.Instant): Period {
  const month = billingPeriodOf(subscription, at)
  const paidFrom = firstActiveStart(subscription)
  return startWithFirstDay(unit === 'month' ? month : yearContaining(subscription, paidFrom, month), paidFrom, at, subscription.timeZone)
}

/** Returns when the first active phase starts; without one, when the subscription starts. */
export function firstActiveStart({ phases, startedAt }: Pick<Subscription, 'phases' | 'startedAt'>): Temporal.Instant {
  return phases.find(({ state }) => state === 'active')?.from ?? startedAt
}

function yearContaining(subscription: PeriodTerms, paidFrom: Temporal.Instant, month: Period): Period {
  const { timeZone } = subscription
  const first = monthOf(billingPeriodOf(subscription, paidFrom), timeZone)
  const current = monthOf(month, timeZone)
  const months = (current.year - first.year) * 12 + current.month - first.month
  const start = first.add({ months: Math.floor(months / 12) * 12 })
  return { from: startOfMonth(subscription, start), to: startOfMonth(subscription, start.add({ months: 12 })) }
}

function monthOf({ from }: Period, zone: string): Temporal.PlainYearMonth {
  return from.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth()
}

/** Returns the start of the billing period that starts in a calendar month. */
function startOfMonth(terms: Pick<Subscription, 'anchorDay' | 'timeZone'>, month: Temporal.PlainYearMonth): Temporal.Instant {
  const date = month.toPlainDate({ day: Math.min(terms.anchorDay, month.daysInMonth) })
  // Noon exists once on every date, whatever clocks do.
  return billingPeriodOf(terms, date.toZonedDateTime({ timeZone: terms.timeZone, plainTime: '12:00' }).toInstant()).from
}

function startWithFirstDay({ from, to }: Period, paidFrom: Temporal.Instant, at: Temporal.Instant, zone: string): Period {
  const isFirstDay = Temporal.Instant.compare(paidFrom, from) > 0 && dateOf(paidFrom, zone).equals(dateOf(from, zone))
  if (!isFirstDay) return { from, to }
  return Temporal.Instant.compare(at, paidFrom) < 0 ? { from, to: paidFrom } : { from: paidFrom, to }
}

function dateOf(instant: Temporal.Instant, zone: string): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(zone).toPlainDate()
}
