import { Decimal, Temporal } from '@tollgate/kernel'

/** Reads a nullable `numeric` of a row. */
export function decimalOrNull(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text)
}

/** Reads a nullable `timestamptz` of a row. */
export function instantOrNull(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text)
}
