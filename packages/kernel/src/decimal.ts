import { Decimal as DecimalJs } from 'decimal.js'

/**
 * Exact decimal arithmetic for money, prices and quantities.
 *
 * The default constructor of decimal.js rounds every operation to 20 significant digits; prices of a millionth times
 * quantities of billions need more. With 64 digits, sums and products of metering are exact, and only `round` rounds.
 * Strings are always plain ("0.0000001", never "1e-7").
 */
export const Decimal = /* @__PURE__ */ DecimalJs.clone({
  precision: 64,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
})

/** An exact, immutable decimal number. */
export type Decimal = DecimalJs

/** Zero. */
export const ZERO: Decimal = /* @__PURE__ */ new Decimal(0)

/**
 * A plain decimal numeral: an optional sign, digits, an optional fraction. No exponent, no `NaN`, no `Infinity`. The
 * number of digits is limited so that a token count (16 digits) times the longest numeral (44) fits into the 64 digits
 * of `Decimal`.
 */
const NUMERAL = /^-?\d{1,20}(?:\.\d{1,24})?$/

/**
 * Reads a plain decimal numeral such as `"0.0135"`, with at most 20 digits before the decimal point and 24 after it.
 * Returns undefined for anything else, so that the caller can name the field. Zero has no sign.
 */
export function parseDecimal(text: string): Decimal | undefined {
  if (!NUMERAL.test(text)) return undefined
  const value = new Decimal(text)
  return value.isZero() ? ZERO : value
}
