import { Temporal } from '@tollgate/kernel'
import type { Price, TimeOfDay } from './price.ts'

/** Whether a price counts at a time: inside its interval, and in its part of the day where it has one. */
export function priceInEffect({ from, to, timeOfDay }: Pick<Price, 'from' | 'to' | 'timeOfDay'>, at: Temporal.Instant): boolean {
  if (from !== null && Temporal.Instant.compare(at, from) < 0) return false
  if (to !== null && Temporal.Instant.compare(at, to) >= 0) return false
  return timeOfDay === null || inTimeOfDay(timeOfDay, at)
}

function inTimeOfDay({ from, to }: TimeOfDay, at: Temporal.Instant): boolean {
  const time = at.toZonedDateTimeISO('UTC').toPlainTime()
  const begun = Temporal.PlainTime.compare(time, from) >= 0
  const ended = Temporal.PlainTime.compare(time, to) >= 0
  // "22:00:00" to "06:00:00" passes midnight. Times of equal width compare as text.
  return to < from ? begun || !ended : begun && !ended
}
