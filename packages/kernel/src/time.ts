import { Temporal } from 'temporal-polyfill'

/** The standard's date and time types: the runtime's own where it has them, a polyfill elsewhere. */
export { Temporal }

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/

/**
 * Reads an RFC 3339 time ("2026-11-20T09:30:00.250+05:30"): a UTC offset is required, more than nanoseconds are not
 * taken. `undefined` for anything else, so that the caller can name the field.
 */
export function parseInstant(text: string): Temporal.Instant | undefined {
  if (!RFC_3339.test(text)) return undefined
  try {
    return Temporal.Instant.from(text)
  } catch {
    return undefined
  }
}
