import type { Temporal } from '@tollgate/kernel'

/** Microseconds since 1970: PostgreSQL keeps no more, and a number holds them exactly until the year 2255. */
export function instantMicroseconds(instant: Temporal.Instant): number {
  return Number(instant.epochNanoseconds / 1000n)
}
