import { billingPeriodContaining, type Period, periodContaining, Temporal } from '@tollgate/kernel'

/** Periods that people name. */
export const PERIOD_NAMES = ['today', 'yesterday', 'last_7_days', 'last_30_days', 'this_month', 'last_month', 'billing_period'] as const

/** The name of a period. */
export type PeriodName = (typeof PERIOD_NAMES)[number]

/** What a named period depends on. */
export interface PeriodCalendar {
  readonly now: Temporal.Instant
  /** IANA time zone. */
  readonly timeZone: string
  /** Day of the month on which billing periods start, 1 to 31. */
  readonly billingAnchorDay: number
}

/** A period, and the one before it. */
export interface ComparedPeriods {
  readonly range: Period
  /** While `range` runs, only as much of it as has passed of `range`, so that both can be compared. */
  readonly previous: Period
}

/** Returns a named period in a time zone. */
export function namedPeriod(name: PeriodName, calendar: PeriodCalendar): ComparedPeriods {
  const { now, timeZone, billingAnchorDay } = calendar
  const billing = (at: Temporal.Instant) => billingPeriodContaining(at, { anchorDay: billingAnchorDay }, timeZone)
  const month = (at: Temporal.Instant) => periodContaining(at, 'month', timeZone)
  switch (name) {
    case 'today':
      return days({ ...calendar, count: 1 })
    case 'yesterday':
      return days({ ...calendar, now: justBefore(periodContaining(now, 'day', timeZone).from), count: 1 }, now)
    case 'last_7_days':
      return days({ ...calendar, count: 7 })
    case 'last_30_days':
      return days({ ...calendar, count: 30 })
    case 'this_month':
      return compared(month(now), { before: month, now })
    case 'last_month':
      return compared(month(justBefore(month(now).from)), { before: month, now })
    case 'billing_period':
      return compared(billing(now), { before: billing, now })
  }
}

/** Returns a range with the one of the same length before it. */
export function precedingRange(range: Period, now: Temporal.Instant): Period {
  const length = range.from.until(range.to)
  return cutLike({ from: range.from.subtract(length), to: range.from }, { range, now })
}

/** Returns so many calendar days up to the end of the day of `now`. */
function days({ now, timeZone, count }: PeriodCalendar & { readonly count: number }, at = now): ComparedPeriods {
  const last = periodContaining(now, 'day', timeZone)
  const start = (ago: number) => now.toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: ago }).toZonedDateTime(timeZone).toInstant()
  const range = { from: start(count - 1), to: last.to }
  return { range, previous: cutLike({ from: start(2 * count - 1), to: range.from }, { range, now: at }) }
}

function compared(range: Period, { before, now }: { readonly before: (at: Temporal.Instant) => Period; readonly now: Temporal.Instant }): ComparedPeriods {
  return { range, previous: cutLike(before(justBefore(range.from)), { range, now }) }
}

/** Cuts a period after as much time as has passed of a running one. */
function cutLike(previous: Period, { range, now }: { readonly range: Period; readonly now: Temporal.Instant }): Period {
  if (Temporal.Instant.compare(now, range.to) >= 0 || Temporal.Instant.compare(now, range.from) <= 0) return previous
  const to = previous.from.add(range.from.until(now))
  return Temporal.Instant.compare(to, previous.to) < 0 ? { from: previous.from, to } : previous
}

function justBefore(at: Temporal.Instant): Temporal.Instant {
  return at.subtract({ nanoseconds: 1 })
}
