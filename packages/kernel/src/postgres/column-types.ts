import { Type } from '@mikro-orm/core'
import { Decimal } from '../decimal.ts'
import { Temporal } from '../time.ts'

/** `numeric` as an exact Decimal. */
export class DecimalColumn extends Type<Decimal, string> {
  override convertToDatabaseValue(value: Decimal | null): string {
    return value === null ? (value as unknown as string) : value.toFixed()
  }

  override convertToJSValue(value: string | Decimal | null): Decimal {
    return value === null || value instanceof Decimal ? (value as Decimal) : new Decimal(value)
  }

  override compareAsType(): string {
    return 'string'
  }

  override getColumnType(): string {
    return 'numeric'
  }
}

/** `timestamptz` as an instant, to the microsecond that PostgreSQL keeps. */
export class InstantColumn extends Type<Temporal.Instant, string> {
  override convertToDatabaseValue(value: Temporal.Instant | null): string {
    return value === null ? (value as unknown as string) : value.toString()
  }

  override convertToJSValue(value: string | Temporal.Instant | null): Temporal.Instant {
    return typeof value === 'string' ? Temporal.Instant.from(value) : (value as Temporal.Instant)
  }

  override compareAsType(): string {
    return 'string'
  }

  override getColumnType(): string {
    return 'timestamptz'
  }
}
