import { type Period, Temporal } from '@tollgate/kernel'

const DAY_SECONDS = 86_400

/** The days of UTC that a period touches, in order. */
export function daysOf({ from, to }: Period): Period[] {
  const days: Period[] = []
  for (let day = startOfDay(from); Temporal.Instant.compare(day, to) < 0; day = day.add({ hours: 24 })) {
    days.push({ from: day, to: day.add({ hours: 24 }) })
  }
  return days
}

/** Midnight before, or at, an instant. */
export function startOfDay(instant: Temporal.Instant): Temporal.Instant {
  const seconds = Math.floor(instant.epochMilliseconds / 1000 / DAY_SECONDS) * DAY_SECONDS
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
}
