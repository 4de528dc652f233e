import { Temporal } from '@tollgate/kernel'
import type { Price, TimeOfDay } from './price.ts'

/** Returns whether a time is in a price's interval and, if it has one, in its time of day. */
export function priceInEffect({ from, to, timeOfDay }: Pick<Price, 'from' | 'to' | 'timeOfDay'>, at: Temporal.Instant): boolean {
  if (from !== null && Temporal.Instant.compare(at, from) < 0) return false
  if (to !== null && Temporal.Instant.compare(at, to) >= 0) return false
  return timeOfDay === null || inTimeOfDay(timeOfDay, at)
}

function inTimeOfDay({ from, to, weekdays }: TimeOfDay, at: Temporal.Instant): boolean {
  // Whole seconds are enough, because the bounds are whole seconds. Every UTC day has 86,400.
  const seconds = Math.floor(at.epochMilliseconds / 1000)
  const day = Math.floor(seconds / SECONDS_PER_DAY)
  const second = seconds - day * SECONDS_PER_DAY
  const begun = second >= secondOfDay(from)
  const ended = second >= secondOfDay(to)
  // "22:00:00" to "06:00:00" crosses midnight. Times of equal width compare as text.
  const crosses = to < from
  if (crosses ? !begun && ended : !begun || ended) return false
  // After midnight, the part of the day started the day before.
  return weekdays === undefined || weekdays.includes(weekday(crosses && !begun ? day - 1 : day))
}

/** Returns 1 (Monday) to 7 (Sunday), for a number of days since 1 January 1970, which was a Thursday. */
function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

const SECONDS_PER_DAY = 86_400

/** Converts "HH:MM:SS" to seconds since midnight. */
function secondOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60 + Number(time.slice(6, 8))
}
