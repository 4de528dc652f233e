import { Decimal, Temporal } from '@tollgate/kernel'
import { Type } from '@mikro-orm/core'

/** A `numeric` column of an entity as an exact Decimal. Rejects `NaN` and infinity, which `numeric` could hold. */
export class DecimalColumn extends Type<Decimal, string> {
  override convertToDatabaseValue(value: Decimal | null | undefined): string {
    if (value === null || value === undefined) return value as unknown as string
    if (!value.isFinite()) throw new RangeError(`${value.toString()} cannot be stored`)
    return value.toFixed()
  }

  override convertToJSValue(value: string | Decimal | null | undefined): Decimal {
    return typeof value === 'string' ? new Decimal(value) : (value as Decimal)
  }

  override compareAsType(): string {
    return 'string'
  }

  override getColumnType(): string {
    return 'numeric'
  }
}

/**
 * A `timestamptz` column of an entity as an instant, rounded down to microseconds. PostgreSQL would round to nearest, and
 * could move an instant at the end of a period into the next one.
 */
export class InstantColumn extends Type<Temporal.Instant, string> {
  override convertToDatabaseValue(value: Temporal.Instant | null | undefined): string {
    if (value === null || value === undefined) return value as unknown as string
    return value.round({ smallestUnit: 'microsecond', roundingMode: 'floor' }).toString()
  }

  override convertToJSValue(value: string | Temporal.Instant | null | undefined): Temporal.Instant {
    return typeof value === 'string' ? Temporal.Instant.from(value) : (value as Temporal.Instant)
  }

  override compareAsType(): string {
    return 'string'
  }

  override getColumnType(): string {
    return 'timestamptz'
  }
}
