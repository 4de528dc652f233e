import { Decimal, InvalidInput, round } from '@tollgate/kernel'

/**
 * Digits after the point that an amount may have on its way to a charge. A line is exact: a unit price has at most 24
 * digits, a quantity 12. A share (a percentage of an amount) adds ten at a time; what lies behind the 36th digit is
 * rounded half-even, so that amounts below `MAX_AMOUNT` and their sums always fit the 64 digits of `Decimal`.
 */
export const WORKING_SCALE = 36

/** No amount on the way to a charge is larger. */
export const MAX_AMOUNT: Decimal = /* @__PURE__ */ new Decimal('1e24')

/** Wide enough for any amount times any percentage, so that a share is rounded once and not twice. */
const Wide = /* @__PURE__ */ Decimal.clone({ precision: 160 })

const HUNDRED = /* @__PURE__ */ new Decimal(100)

/** `percent` per cent of an amount: exact up to `WORKING_SCALE` digits after the point, half-even behind them. */
export function percentOf(amount: Decimal, percent: Decimal): Decimal {
  const share = new Wide(amount).times(percent).div(HUNDRED)
  return new Decimal(round(share, { scale: WORKING_SCALE, mode: 'half-even' }))
}

/** Refuses amounts that could not be added up exactly. Throws `InvalidInput` naming the field that led to it. */
export function checkAmount(path: string, amount: Decimal): Decimal {
  if (amount.lte(MAX_AMOUNT)) return amount
  throw new InvalidInput([{ path, message: `leads to an amount of ${amount.toFixed(0)}; at most ${MAX_AMOUNT.toFixed()} can be charged at once` }])
}
