import type { Temporal } from './time.ts'

/** The finest that stores keep; finer, a price would come back with another time than it was published with. */
export function toMicrosecond(instant: Temporal.Instant): Temporal.Instant {
  return instant.round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
}
