import { type Period, Temporal } from '@tollgate/kernel'
import { type HoursOfDayCondition, unmetHoursOfDay } from './hours-of-day.ts'
import { unmetWeekdays, WEEKDAYS, type WeekdaysCondition } from './weekdays.ts'

/** A condition on local time. */
export type ClockCondition = HoursOfDayCondition | WeekdaysCondition

/**
 * Returns the instants within a range at which a condition starts or stops to be met, each once, in no order. Those are the
 * times and dates of the condition on the local clock, including the second time if clocks go back, and clock changes that
 * skip one. Lazy, because a long range has many.
 */
export function* clockChanges(condition: ClockCondition, range: Period): Generator<Temporal.Instant> {
  if (condition.kind === 'weekdays' && condition.days.length === WEEKDAYS.length) return
  const seen = new Set<bigint>()
  for (const at of [clockTimes(condition, range), clockShifts(condition, range)].values().flatMap(instants => instants)) {
    const isInside = Temporal.Instant.compare(range.from, at) < 0 && Temporal.Instant.compare(at, range.to) < 0
    if (!isInside || seen.has(at.epochNanoseconds) || isMet(condition, at.subtract({ nanoseconds: 1 })) === isMet(condition, at)) continue
    seen.add(at.epochNanoseconds)
    yield at
  }
}

function isMet(condition: ClockCondition, partFrom: Temporal.Instant): boolean {
  return (condition.kind === 'weekdays' ? unmetWeekdays(condition, { partFrom }) : unmetHoursOfDay(condition, { partFrom })) === undefined
}

/** Returns when the local clock shows the times of the condition, for each date that the range can touch. */
function* clockTimes(condition: ClockCondition, { from, to }: Period): Generator<Temporal.Instant> {
  const { timeZone } = condition
  const times = condition.kind === 'weekdays' ? ['00:00'] : [condition.from, condition.to]
  // One more day at either end: if clocks go back over midnight, dates are not in the order of instants.
  const last = to.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 1 })
  let date = from.toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: 1 })
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    for (const time of times) {
      const shown = date.toPlainDateTime(time)
      yield shown.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).toInstant()
      yield shown.toZonedDateTime(timeZone, { disambiguation: 'later' }).toInstant()
    }
  }
}

/** Returns when clocks change. */
function* clockShifts({ timeZone }: ClockCondition, { from, to }: Period): Generator<Temporal.Instant> {
  for (let shift = from.toZonedDateTimeISO(timeZone).getTimeZoneTransition('next'); shift !== null; shift = shift.getTimeZoneTransition('next')) {
    const at = shift.toInstant()
    if (Temporal.Instant.compare(at, to) >= 0) return
    yield at
  }
}
