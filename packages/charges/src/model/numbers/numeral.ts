import { Decimal, parseDecimal, ZERO } from '@tollgate/kernel'

/** An exact number in an input: a decimal, a string such as "0.02", or an integer. */
export type Numeral = Decimal | string | number

/** Range of a number, both ends included, and its maximum decimal places. */
export interface NumeralBounds {
  readonly from: Numeral
  readonly to: Numeral
  readonly scale: number
}

// Bounds are decimals, because they are compared with every number of a charge.
const HUNDRED = /* @__PURE__ */ new Decimal(100)

/** Unit prices, fees and monetary limits. */
export const AMOUNT: NumeralBounds = { from: ZERO, to: /* @__PURE__ */ new Decimal(1_000_000_000), scale: 24 }
/** Metered quantities. Sums of usage can exceed 2^53; the product with any price is exact up to the maximum amount. */
export const QUANTITY: NumeralBounds = { from: ZERO, to: /* @__PURE__ */ new Decimal('1000000000000000000000000'), scale: 12 }
/** Percentages of discounts: 10 is 10 %. */
export const PERCENT: NumeralBounds = { from: ZERO, to: HUNDRED, scale: 8 }
/** Percentages of markups and prices: 250 is 2.5 times the amount. */
export const RATE_PERCENT: NumeralBounds = { from: ZERO, to: /* @__PURE__ */ new Decimal(1_000), scale: 8 }

/** Reads a numeral. Undefined for anything else, including a fractional `number`, which is not exact. */
export function readNumeral(value: unknown): Decimal | undefined {
  if (typeof value === 'string') return parseDecimal(value)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? new Decimal(value) : undefined
  return Decimal.isDecimal(value) && value.isFinite() ? new Decimal(value) : undefined
}

/** Returns why a number is out of its bounds; undefined if it is within them. */
export function outOfBounds(value: Decimal | undefined, { from, to, scale }: NumeralBounds): string | undefined {
  if (value !== undefined && value.gte(from) && value.lte(to) && value.decimalPlaces() <= scale) return undefined
  return `must be a number from ${textOf(from)} to ${textOf(to)} with at most ${scale} decimal places, as a string or an integer`
}

function textOf(value: Numeral): string {
  return Decimal.isDecimal(value) ? value.toFixed() : String(value)
}
