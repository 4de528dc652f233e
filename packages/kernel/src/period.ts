import { Temporal } from 'temporal-polyfill'
import { InvalidInput } from './errors.ts'

/** A half-open stretch of time: `from` is in it, `to` is not. */
export interface Period {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

/** A calendar unit. Weeks start on Monday (ISO 8601). */
export type CalendarUnit = 'hour' | 'day' | 'week' | 'month'

/** A monthly billing period that starts on `anchorDay` (1 to 31); in a shorter month, on that month's last day. */
export interface BillingCycle {
  readonly anchorDay: number
}

/** Makes a period; `from` must be before `to`. */
export function period(from: Temporal.Instant, to: Temporal.Instant): Period {
  if (Temporal.Instant.compare(from, to) >= 0) {
    throw new InvalidInput([{ path: 'to', message: `must be after from (${from.toString()}); ranges are half-open, from <= t < to` }])
  }
  return { from, to }
}

/** Whether the instant lies in the period. */
export function periodIncludes({ from, to }: Period, instant: Temporal.Instant): boolean {
  return Temporal.Instant.compare(from, instant) <= 0 && Temporal.Instant.compare(instant, to) < 0
}

/** Checks an IANA time zone name ("Asia/Kolkata") and returns it in the runtime's spelling. */
export function timeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    throw new InvalidInput([{ path: 'timeZone', message: `"${name}" is not an IANA time zone, such as "Europe/Berlin" or "UTC"` }])
  }
}

/**
 * The calendar period that an instant falls in, in a zone. Days are as long as the zone makes them: 23 or 25 hours
 * when the clocks change. Hours are hours of the local clock, each 60 minutes long, also where the offset is +05:30.
 */
export function periodContaining(instant: Temporal.Instant, unit: CalendarUnit, zone: string): Period {
  const from = startOf(instant.toZonedDateTimeISO(zone), unit)
  return { from: from.toInstant(), to: next(from, unit).toInstant() }
}

/** The billing period that an instant falls in, in a zone. */
export function billingPeriodContaining(instant: Temporal.Instant, { anchorDay }: BillingCycle, zone: string): Period {
  if (!Number.isInteger(anchorDay) || anchorDay < 1 || anchorDay > 31) {
    throw new InvalidInput([{ path: 'anchorDay', message: `must be a day of the month from 1 to 31, not ${anchorDay}` }])
  }
  const local = instant.toZonedDateTimeISO(zone).toPlainDate()
  const thisMonth = local.toPlainYearMonth()
  const startMonth = Temporal.PlainDate.compare(local, anchorIn(thisMonth, anchorDay)) < 0 ? thisMonth.subtract({ months: 1 }) : thisMonth
  const start = (month: Temporal.PlainYearMonth) => anchorIn(month, anchorDay).toZonedDateTime(zone).toInstant()
  return { from: start(startMonth), to: start(startMonth.add({ months: 1 })) }
}

/**
 * Splits a period at the zone's calendar boundaries. The pieces are half-open, adjoin, and cover the period exactly;
 * the first and the last are cut where the period is. Lazy, so that the caller can bound how many it takes.
 */
export function* splitPeriod({ from, to }: Period, unit: CalendarUnit, zone: string): Generator<Period> {
  let start = from
  let boundary = startOf(from.toZonedDateTimeISO(zone), unit)
  while (Temporal.Instant.compare(start, to) < 0) {
    boundary = next(boundary, unit)
    const end = boundary.toInstant()
    yield { from: start, to: Temporal.Instant.compare(end, to) < 0 ? end : to }
    start = end
  }
}

function startOf(local: Temporal.ZonedDateTime, unit: CalendarUnit): Temporal.ZonedDateTime {
  switch (unit) {
    case 'hour':
      // Not `round`: that would merge the two hours that share a name when the clocks go back.
      return local.subtract({ minutes: local.minute, seconds: local.second, milliseconds: local.millisecond, microseconds: local.microsecond, nanoseconds: local.nanosecond })
    case 'day':
      return local.startOfDay()
    case 'week':
      return local.toPlainDate().subtract({ days: local.dayOfWeek - 1 }).toZonedDateTime(local.timeZoneId)
    case 'month':
      return local.toPlainDate().with({ day: 1 }).toZonedDateTime(local.timeZoneId)
  }
}

function next(start: Temporal.ZonedDateTime, unit: CalendarUnit): Temporal.ZonedDateTime {
  if (unit === 'hour') return startOf(start.add({ hours: 1 }), 'hour')
  const date = start.toPlainDate()
  // By date, not by adding to the zoned time: a day that starts at 01:00 must not push the next one to 01:00 too.
  const nextDate = unit === 'day' ? date.add({ days: 1 }) : unit === 'week' ? date.add({ weeks: 1 }) : date.add({ months: 1 })
  return nextDate.toZonedDateTime(start.timeZoneId)
}

function anchorIn(month: Temporal.PlainYearMonth, anchorDay: number): Temporal.PlainDate {
  return month.toPlainDate({ day: Math.min(anchorDay, month.daysInMonth) })
}
