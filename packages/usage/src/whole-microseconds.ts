import type { Temporal } from '@tollgate/kernel'

/** Cuts off what the database does not keep, so that an event in memory and the same one read back are equal. */
export function wholeMicroseconds(instant: Temporal.Instant): Temporal.Instant {
  return instant.epochNanoseconds % 1_000n === 0n ? instant : instant.round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
}
