import { Decimal as DecimalJs } from 'decimal.js'

/**
 * Exact decimal arithmetic for money, prices and quantities.
 *
 * A constructor of our own, because decimal.js rounds every operation to 20 significant digits unless told otherwise,
 * and prices of a millionth times quantities of billions need more. With 64 digits no sum or product of ours rounds;
 * rounding happens only where `round` is called. Strings are always plain ("0.0000001", never "1e-7").
 */
export const Decimal = DecimalJs.clone({
  precision: 64,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
})

/** An exact decimal number; immutable. */
export type Decimal = DecimalJs

/** Exactly zero, made once. */
export const ZERO: Decimal = new Decimal(0)

/** A plain decimal numeral: digits, an optional fraction, an optional sign. No exponent, no `NaN`, no `Infinity`. */
const NUMERAL = /^-?\d{1,40}(?:\.\d{1,40})?$/

/** Reads a plain decimal numeral such as `"0.0135"`; `undefined` for anything else, so that the caller can name the field. */
export function parseDecimal(text: string): Decimal | undefined {
  return NUMERAL.test(text) ? new Decimal(text) : undefined
}
