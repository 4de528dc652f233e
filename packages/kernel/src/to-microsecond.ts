import type { Temporal } from '#temporal'

/** Rounds an instant down to a microsecond, which is all that PostgreSQL stores: a value in memory and the same one read back are equal. */
export function toMicrosecond(instant: Temporal.Instant): Temporal.Instant {
  return instant.epochNanoseconds % 1_000n === 0n ? instant : instant.round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
}
