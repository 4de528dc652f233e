import { type Period, Temporal } from '@tollgate/kernel'

const DAY_SECONDS = 86_400

/** Returns the UTC days that a period overlaps, in order. */
export function daysOf({ from, to }: Period): Period[] {
  const days: Period[] = []
  for (let day = startOfDay(from); Temporal.Instant.compare(day, to) < 0; day = day.add({ hours: 24 })) {
    days.push({ from: day, to: day.add({ hours: 24 }) })
  }
  return days
}

/** Returns the last midnight (UTC) at or before an instant. */
export function startOfDay(instant: Temporal.Instant): Temporal.Instant {
  const seconds = Math.floor(instant.epochMilliseconds / 1000 / DAY_SECONDS) * DAY_SECONDS
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
}
