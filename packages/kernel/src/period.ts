import { Temporal } from '#temporal'
import { InvalidInput } from './errors.ts'

/** A half-open period of time: it includes `from` and excludes `to`. */
export interface Period {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

/** A calendar unit. Weeks start on Monday (ISO 8601). */
export type CalendarUnit = 'hour' | 'day' | 'week' | 'month'

/** A monthly billing cycle that starts on `anchorDay` (1 to 31), or on the last day of a shorter month. */
export interface BillingCycle {
  readonly anchorDay: number
}

/** Creates a period. Throws `InvalidInput` unless `from` is before `to`. */
export function period(from: Temporal.Instant, to: Temporal.Instant): Period {
  if (Temporal.Instant.compare(from, to) >= 0) {
    throw new InvalidInput([{ path: 'to', message: `must be after from (${from.toString()}), because ranges are half-open: from <= t < to` }])
  }
  return { from, to }
}

/** Whether the period includes the instant. */
export function periodIncludes({ from, to }: Period, instant: Temporal.Instant): boolean {
  return Temporal.Instant.compare(from, instant) <= 0 && Temporal.Instant.compare(instant, to) < 0
}

/** Returns the part of a period that lies in another one, whose end may be open. Undefined if there is none. */
export function periodWithin(whole: Period, other: { readonly from: Temporal.Instant; readonly to: Temporal.Instant | null }): Period | undefined {
  const from = Temporal.Instant.compare(whole.from, other.from) < 0 ? other.from : whole.from
  const to = other.to !== null && Temporal.Instant.compare(other.to, whole.to) < 0 ? other.to : whole.to
  return Temporal.Instant.compare(from, to) < 0 ? { from, to } : undefined
}

const EPOCH = /* @__PURE__ */ Temporal.Instant.fromEpochMilliseconds(0)
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/

/**
 * Checks the name of an IANA time zone and returns its canonical spelling ("asia/kolkata" becomes "Asia/Kolkata").
 * Throws `InvalidInput` for any other text, including offsets such as "+05:30", whose sign PostgreSQL reads the other
 * way round.
 */
export function timeZone(name: string): string {
  try {
    if (ZONE_NAME.test(name)) return EPOCH.toZonedDateTimeISO(name).timeZoneId
  } catch {
    // Falls through to the error below.
  }
  throw new InvalidInput([{ path: 'timeZone', message: `"${name.slice(0, 64)}" is not an IANA time zone, such as "Europe/Berlin" or "UTC"` }])
}

/**
 * Returns the calendar period that contains an instant, in a time zone (checked by `timeZone`; any other throws
 * `RangeError`). Days have 23 or 25 hours when clocks change; if midnight occurs twice, the day starts at the first.
 * Hours are those of the local clock and 60 minutes long. Only if a zone shifts by part of an hour (Lord Howe) or in the
 * middle of one, the hour is cut at the shift.
 */
export function periodContaining(instant: Temporal.Instant, unit: CalendarUnit, zone: string): Period {
  if (unit === 'hour') {
    const from = startOfHour(instant.toZonedDateTimeISO(zone))
    return { from: from.toInstant(), to: nextHour(from).toInstant() }
  }
  const first = startOfUnit(instant.toZonedDateTimeISO(zone).toPlainDate(), unit)
  return periodOnDates(instant, position => dayStart(addUnits(first, unit, position), zone))
}

/** Returns the billing period that contains an instant, in a time zone. Throws `InvalidInput` for an invalid anchor day. */
export function billingPeriodContaining(instant: Temporal.Instant, { anchorDay }: BillingCycle, zone: string): Period {
  if (!Number.isInteger(anchorDay) || anchorDay < 1 || anchorDay > 31) {
    throw new InvalidInput([{ path: 'anchorDay', message: `must be a day of the month from 1 to 31, not ${anchorDay}` }])
  }
  const local = instant.toZonedDateTimeISO(zone).toPlainDate()
  const thisMonth = local.toPlainYearMonth()
  const first = Temporal.PlainDate.compare(local, anchorIn(thisMonth, anchorDay)) < 0 ? thisMonth.subtract({ months: 1 }) : thisMonth
  return periodOnDates(instant, position => dayStart(anchorIn(first.add({ months: position }), anchorDay), zone))
}

/**
 * Splits a period at the calendar boundaries of a time zone. The pieces are half-open, adjoin and cover the period
 * exactly, which cuts the first and the last. Lazy, so that the caller can limit their number.
 */
export function* splitPeriod({ from, to }: Period, unit: CalendarUnit, zone: string): Generator<Period> {
  let start = from
  for (const boundary of unit === 'hour' ? hourBoundaries(from, zone) : dateBoundaries(from, unit, zone)) {
    if (Temporal.Instant.compare(boundary, start) <= 0) continue
    if (Temporal.Instant.compare(boundary, to) >= 0) break
    yield { from: start, to: boundary }
    start = boundary
  }
  if (Temporal.Instant.compare(start, to) < 0) yield { from: start, to }
}

function* hourBoundaries(from: Temporal.Instant, zone: string): Generator<Temporal.Instant> {
  for (let hour = startOfHour(from.toZonedDateTimeISO(zone)); ; hour = nextHour(hour)) yield hour.toInstant()
}

function* dateBoundaries(from: Temporal.Instant, unit: DateUnit, zone: string): Generator<Temporal.Instant> {
  const first = startOfUnit(from.toZonedDateTimeISO(zone).toPlainDate(), unit)
  for (let position = 0; ; position++) yield dayStart(addUnits(first, unit, position), zone)
}

/**
 * Returns the period between two consecutive starts that contains the instant. Usually these are 0 and 1. But when
 * clocks go back across midnight, the local date can be the day before one that has started; and a date that a zone
 * skipped (Samoa, 30 December 2011) starts together with the next one.
 */
function periodOnDates(instant: Temporal.Instant, start: (position: number) => Temporal.Instant): Period {
  let from = start(0)
  for (let position = 1; ; position++) {
    const to = start(position)
    if (Temporal.Instant.compare(instant, to) < 0) return { from, to }
    from = to
  }
}

type DateUnit = Exclude<CalendarUnit, 'hour'>

function startOfUnit(date: Temporal.PlainDate, unit: DateUnit): Temporal.PlainDate {
  if (unit === 'day') return date
  return unit === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 })
}

function addUnits(date: Temporal.PlainDate, unit: DateUnit, count: number): Temporal.PlainDate {
  if (unit === 'day') return date.add({ days: count })
  return unit === 'week' ? date.add({ weeks: count }) : date.add({ months: count })
}

/** Returns the first instant of a date: 00:00, or 01:00 if clocks go forward at midnight. */
function dayStart(date: Temporal.PlainDate, zone: string): Temporal.Instant {
  return date.toZonedDateTime(zone).toInstant()
}

/** Subtracts elapsed time, not clock time, which would merge the two hours with the same name in autumn. */
function startOfHour(local: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const start = local.subtract(sinceHour(local))
  if (start.offsetNanoseconds === local.offsetNanoseconds) return start
  // The zone shifted since the last full hour, so the hour starts at the shift.
  return local.add({ nanoseconds: 1 }).getTimeZoneTransition('previous') ?? start
}

function nextHour(start: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const next = start.subtract(sinceHour(start)).add({ hours: 1 })
  if (next.offsetNanoseconds === start.offsetNanoseconds) return next
  return start.getTimeZoneTransition('next') ?? next
}

/** Returns the time since the last full hour of the local clock. */
function sinceHour({ minute, second, millisecond, microsecond, nanosecond }: Temporal.ZonedDateTime): Temporal.DurationLike {
  return { minutes: minute, seconds: second, milliseconds: millisecond, microseconds: microsecond, nanoseconds: nanosecond }
}

function anchorIn(month: Temporal.PlainYearMonth, anchorDay: number): Temporal.PlainDate {
  return month.toPlainDate({ day: Math.min(anchorDay, month.daysInMonth) })
}
