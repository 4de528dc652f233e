import { type Period, Temporal } from '@tollgate/kernel'
import { type HoursOfDayCondition, unmetHoursOfDay } from './hours-of-day.ts'
import { unmetWeekdays, WEEKDAYS, type WeekdaysCondition } from './weekdays.ts'

/** A condition that is judged by the clocks of a zone. */
export type ClockCondition = HoursOfDayCondition | WeekdaysCondition

/**
 * The instants inside a range at which a condition begins or ceases to hold, each once, in no order: it answers alike at
 * all times between two of them. That is where the clock shows a time (or a date) at which it changes, also the second
 * time that it does where clocks go back, and where clocks are changed past one. Lazy: a long range has many.
 */
export function* clockChanges(condition: ClockCondition, range: Period): Generator<Temporal.Instant> {
  if (condition.kind === 'weekdays' && condition.days.length === WEEKDAYS.length) return
  const seen = new Set<bigint>()
  for (const at of [clockTimes(condition, range), clockShifts(condition, range)].values().flatMap(instants => instants)) {
    const isInside = Temporal.Instant.compare(range.from, at) < 0 && Temporal.Instant.compare(at, range.to) < 0
    if (!isInside || seen.has(at.epochNanoseconds) || holds(condition, at.subtract({ nanoseconds: 1 })) === holds(condition, at)) continue
    seen.add(at.epochNanoseconds)
    yield at
  }
}

function holds(condition: ClockCondition, partFrom: Temporal.Instant): boolean {
  return (condition.kind === 'weekdays' ? unmetWeekdays(condition, { partFrom }) : unmetHoursOfDay(condition, { partFrom })) === undefined
}

/** When the clock shows the times of the condition, on each date that any of the range may lie on. */
function* clockTimes(condition: ClockCondition, { from, to }: Period): Generator<Temporal.Instant> {
  const { timeZone } = condition
  const times = condition.kind === 'weekdays' ? ['00:00'] : [condition.from, condition.to]
  // A day more at either end: where clocks go back over midnight, dates are not in the order of instants.
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

/** When the clocks are changed. */
function* clockShifts({ timeZone }: ClockCondition, { from, to }: Period): Generator<Temporal.Instant> {
  for (let shift = from.toZonedDateTimeISO(timeZone).getTimeZoneTransition('next'); shift !== null; shift = shift.getTimeZoneTransition('next')) {
    const at = shift.toInstant()
    if (Temporal.Instant.compare(at, to) >= 0) return
    yield at
  }
}
