import { Temporal } from '@tollgate/kernel'
import type { Price, TimeOfDay } from './price.ts'

/** Whether a price counts at a time: inside its interval, and in its part of the day where it has one. */
export function priceInEffect({ from, to, timeOfDay }: Pick<Price, 'from' | 'to' | 'timeOfDay'>, at: Temporal.Instant): boolean {
  if (from !== null && Temporal.Instant.compare(at, from) < 0) return false
  if (to !== null && Temporal.Instant.compare(at, to) >= 0) return false
  return timeOfDay === null || inTimeOfDay(timeOfDay, at)
}

function inTimeOfDay({ from, to }: TimeOfDay, at: Temporal.Instant): boolean {
  // Whole seconds suffice, since the ends are whole seconds; and UTC days have 86,400 of them, before 1970 too.
  const second = Math.floor(at.epochMilliseconds / 1000) % SECONDS_A_DAY
  const time = second < 0 ? second + SECONDS_A_DAY : second
  const begun = time >= secondOfDay(from)
  const ended = time >= secondOfDay(to)
  // "22:00:00" to "06:00:00" passes midnight. Times of equal width compare as text.
  return to < from ? begun || !ended : begun && !ended
}

const SECONDS_A_DAY = 86_400

/** Of "HH:MM:SS". */
function secondOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60 + Number(time.slice(6, 8))
}
