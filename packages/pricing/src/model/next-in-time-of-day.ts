import type { Temporal } from '@tollgate/kernel'
import type { TimeOfDay } from './price.ts'
import { priceInEffect } from './price-in-effect.ts'

const DAYS_PER_WEEK = 7

/** Returns the first time in a part of the day, from `at` on. */
export function nextInTimeOfDay(timeOfDay: TimeOfDay, at: Temporal.Instant): Temporal.Instant {
  const isIn = (instant: Temporal.Instant) => priceInEffect({ from: null, to: null, timeOfDay }, instant)
  if (isIn(at)) return at
  const midnight = at.toZonedDateTimeISO('UTC').startOfDay()
  const [hours = 0, minutes = 0, seconds = 0] = timeOfDay.from.split(':').map(Number)
  for (let days = 0; days <= DAYS_PER_WEEK; days++) {
    const start = midnight.add({ days }).add({ hours, minutes, seconds }).toInstant()
    if (start.epochNanoseconds > at.epochNanoseconds && isIn(start)) return start
  }
  return at
}
