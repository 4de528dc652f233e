import { Temporal } from '#temporal'
import { parseInstant } from './time.ts'

/** A time as a caller gives it: RFC 3339 with an offset, a Date, or a type of Temporal that is a point in time. */
export type TimeInput = string | Date | Temporal.Instant | Temporal.ZonedDateTime

/** Reads a time, also of another Temporal. Returns undefined for anything else, so that the caller can name the field. */
export function readTime(time: unknown): Temporal.Instant | undefined {
  if (time instanceof Temporal.Instant) return time
  if (typeof time === 'string') return parseInstant(time)
  if (typeof time !== 'object' || time === null) return undefined
  if (time instanceof Date) return Number.isFinite(time.getTime()) ? parseInstant(time.toISOString()) : undefined
  const { epochNanoseconds } = time as { readonly epochNanoseconds?: unknown }
  return typeof epochNanoseconds === 'bigint' ? Temporal.Instant.fromEpochNanoseconds(epochNanoseconds) : undefined
}
