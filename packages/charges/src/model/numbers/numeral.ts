import { Decimal, parseDecimal } from '@tollgate/kernel'

/** An exact number as callers give it: a decimal, a plain numeral ("0.02"), or a whole `number`. */
export type Numeral = Decimal | string | number

/** Where a number must lie, both ends in it, and how many digits it may have after the point. */
export interface NumeralBounds {
  readonly from: Numeral
  readonly to: Numeral
  readonly scale: number
}

/** Unit prices, fees and limits of money. */
export const AMOUNT: NumeralBounds = { from: 0, to: 1_000_000_000, scale: 24 }
/** Metered quantities. */
export const QUANTITY: NumeralBounds = { from: 0, to: Number.MAX_SAFE_INTEGER, scale: 12 }
/** Percentages that take away: 10 is ten per cent. */
export const PERCENT: NumeralBounds = { from: 0, to: 100, scale: 8 }
/** Percentages that price or add: 250 is two and a half times the amount. */
export const RATE_PERCENT: NumeralBounds = { from: 0, to: 1_000, scale: 8 }

/** A finite decimal of a numeral; undefined for anything else. Fractions as `number` are not exact, hence not taken. */
export function readNumeral(value: unknown): Decimal | undefined {
  if (typeof value === 'string') return parseDecimal(value)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? new Decimal(value) : undefined
  return Decimal.isDecimal(value) && value.isFinite() ? new Decimal(value) : undefined
}

/** What keeps a number out of its bounds, as a sentence; undefined when nothing does. */
export function outOfBounds(value: Decimal | undefined, { from, to, scale }: NumeralBounds): string | undefined {
  if (value !== undefined && value.gte(from) && value.lte(to) && value.decimalPlaces() <= scale) return undefined
  return `must be a number from ${String(from)} to ${String(to)} with at most ${scale} digits after the point, as text or a whole number`
}
