import type { Temporal } from '@tollgate/kernel'

/** Returns the microseconds since 1970, rounded down. PostgreSQL stores no finer time, and a number holds them exactly until the year 2255. */
export function toEpochMicroseconds(instant: Temporal.Instant): number {
  return Number(instant.epochNanoseconds / 1000n)
}

/** Returns the text of a `timestamptz` parameter for milliseconds since 1970. */
export function timestampText(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString()
}
