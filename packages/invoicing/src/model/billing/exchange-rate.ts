import type { Decimal, Temporal } from '@tollgate/kernel'

/** What one unit of a currency was worth in another on a day. Never changed: another rate for the same day is rejected. */
export interface ExchangeRate {
  /** ISO 4217. One unit of it is worth `rate` units of `quote`. */
  readonly base: string
  /** ISO 4217. */
  readonly quote: string
  readonly date: Temporal.PlainDate
  readonly rate: Decimal
  /** Who published it, such as "ECB". */
  readonly source: string
}

/** A rate that was applied to a line. */
export interface AppliedRate {
  /** ISO 4217. What was converted. */
  readonly currency: string
  readonly rate: Decimal
  /** Day of the rate. */
  readonly date: Temporal.PlainDate
  readonly source: string
}
