import { Temporal } from '@tollgate/kernel'

const DAYS = 30
const HOUR_MS = 3_600_000

/**
 * Spreads items over the last 30 days: today until `now`, and the 29 days before. More of them fall on working days and in
 * working hours, in UTC. The same item always gets the same time, later items later ones.
 */
export function recentTimes(now: Temporal.Instant, count: number): readonly Temporal.Instant[] {
  const endMs = now.epochMilliseconds
  const today = now.toZonedDateTimeISO('UTC').startOfDay()
  const startMs = today.subtract({ days: DAYS - 1 }).epochMilliseconds
  const hours = Array.from({ length: Math.ceil((endMs - startMs) / HOUR_MS) }, (_, hour) => {
    const fromMs = startMs + hour * HOUR_MS
    const lengthMs = Math.min(HOUR_MS, endMs - fromMs)
    return { fromMs, lengthMs, weight: (weightOf(fromMs) * lengthMs) / HOUR_MS }
  })
  const total = hours.reduce((sum, { weight }) => sum + weight, 0)
  const times: Temporal.Instant[] = []
  let passed = 0
  for (const { fromMs, lengthMs, weight } of hours) {
    while (times.length < count) {
      const share = ((times.length + 0.5) / count) * total - passed
      if (share > weight) break
      times.push(Temporal.Instant.fromEpochMilliseconds(Math.floor(fromMs + (share / weight) * lengthMs)))
    }
    passed += weight
  }
  return times
}

/** Returns how many calls are made in an hour, compared with other hours. */
function weightOf(fromMs: number): number {
  const { hour, dayOfWeek } = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO('UTC')
  const ofHour = hour >= 8 && hour < 18 ? 10 : hour >= 6 && hour < 22 ? 4 : 1
  return dayOfWeek > 5 ? ofHour * 0.3 : ofHour
}
