import { Temporal } from '#temporal'

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/

const YEAR_1_MS = Date.parse('0001-01-01T00:00:00Z')
const YEAR_10000_MS = Date.parse('+010000-01-01T00:00:00Z')
/** The last second of the year 9999. Rounding a later time to microseconds, milliseconds or seconds can give the year 10000. */
const LAST_MS = YEAR_10000_MS - 1_000

/**
 * Reads an RFC 3339 time ("2026-11-20T09:30:00.250+05:30") with a UTC offset, at most nine decimal places, and a year
 * from 1 to 9999 in UTC, the range of both PostgreSQL and RFC 3339. The last time is 9999-12-31T23:59:59Z. A leap second
 * becomes the second before it. Returns undefined for anything else, so that the caller can name the field.
 */
export function parseInstant(text: string): Temporal.Instant | undefined {
  if (!RFC_3339.test(text)) return undefined
  try {
    const instant = Temporal.Instant.from(text)
    const { epochMilliseconds } = instant
    const isInRange = epochMilliseconds >= YEAR_1_MS && (epochMilliseconds < LAST_MS || instant.epochNanoseconds === BigInt(LAST_MS) * 1_000_000n)
    return isInRange ? instant : undefined
  } catch {
    return undefined
  }
}
