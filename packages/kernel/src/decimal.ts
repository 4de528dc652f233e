import { Decimal as DecimalJs } from 'decimal.js'

/**
 * Exact decimal arithmetic for money, prices and quantities.
 *
 * A constructor of our own, because decimal.js rounds every operation to 20 significant digits unless told otherwise,
 * and prices of a millionth times quantities of billions need more. With 64 digits the sums and products of metering
 * are exact; rounding happens only where `round` is called. Strings are always plain ("0.0000001", never "1e-7").
 */
export const Decimal = /* @__PURE__ */ DecimalJs.clone({
  precision: 64,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
})

/** An exact decimal number; immutable. */
export type Decimal = DecimalJs

/** Exactly zero, made once. */
export const ZERO: Decimal = /* @__PURE__ */ new Decimal(0)

/**
 * A plain decimal numeral: an optional sign, digits, an optional fraction. No exponent, no `NaN`, no `Infinity`.
 * Digits are bounded so that what is read can be calculated with: a count of tokens (16 digits) times the longest
 * numeral (44) has no more than the 64 that `Decimal` keeps.
 */
const NUMERAL = /^-?\d{1,20}(?:\.\d{1,24})?$/

/**
 * Reads a plain decimal numeral such as `"0.0135"`, of at most 20 digits before the point and 24 after it. `undefined`
 * for anything else, so that the caller can name the field. Zero has no sign.
 */
export function parseDecimal(text: string): Decimal | undefined {
  if (!NUMERAL.test(text)) return undefined
  const value = new Decimal(text)
  return value.isZero() ? ZERO : value
}
