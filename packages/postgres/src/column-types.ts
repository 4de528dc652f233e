import { Decimal, Temporal } from '@tollgate/kernel'
import { Type } from '@mikro-orm/core'

/** `numeric` as an exact Decimal. Only finite numbers are written, though `numeric` could hold `NaN`. */
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
 * `timestamptz` as an instant, cut to the microseconds that PostgreSQL keeps. Cut, not rounded as PostgreSQL would: an
 * instant just before the end of a period must not be stored in the next one.
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
