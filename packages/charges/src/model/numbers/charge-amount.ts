import { Decimal, InvalidInput, round } from '@tollgate/kernel'

/**
 * Maximum decimal places of an intermediate amount. Lines are exact: a unit price has at most 24 decimal places, a quantity
 * 12. Each percentage adds up to ten, so percentages are rounded half-even to this scale. Amounts up to `MAX_AMOUNT`
 * and their sums then always fit the 64 digits of `Decimal`.
 */
export const WORKING_SCALE = 36

/** Maximum of an intermediate amount. */
export const MAX_AMOUNT: Decimal = /* @__PURE__ */ new Decimal('1e24')

/** Holds any amount times any percentage exactly, so that the result is rounded only once. */
const Wide = /* @__PURE__ */ Decimal.clone({ precision: 160 })

const HUNDRED = /* @__PURE__ */ new Decimal(100)

/** Returns `percent` % of an amount, rounded half-even to `WORKING_SCALE` decimal places. */
export function percentOf(amount: Decimal, percent: Decimal): Decimal {
  const part = new Wide(amount).times(percent).div(HUNDRED)
  return new Decimal(round(part, { scale: WORKING_SCALE, mode: 'half-even' }))
}

/** Rejects amounts that could not be added exactly. Throws `InvalidInput` that names the field the amount comes from. */
export function checkAmount(path: string, amount: Decimal): Decimal {
  if (amount.lte(MAX_AMOUNT)) return amount
  throw new InvalidInput([{ path, message: `results in an amount of ${amount.toFixed(0)}; the maximum is ${MAX_AMOUNT.toFixed()}` }])
}
