import { type Decimal, ZERO } from '@tollgate/kernel'

/**
 * One line of a price: `amount` = `units` × `unitPrice`, exactly. `quantity` is the part of the metered quantity that the
 * line accounts for, so that the quantities of all lines add up to it. 2,500 tokens in 3 blocks of 1,000 are a line
 * with a quantity of 2,500 and 3 units. A fee has a quantity of 0.
 */
export interface PricedLine {
  readonly label: string
  readonly quantity: Decimal
  readonly units: Decimal
  /** In the currency of the charge. Negative only if the line adjusts a sum to a maximum, or takes back earlier charges. */
  readonly unitPrice: Decimal
  readonly amount: Decimal
}

/** Returns a line that charges units. The quantity defaults to the units. */
export function chargeUnits(label: string, units: Decimal, unitPrice: Decimal, quantity: Decimal = units): PricedLine {
  return { label, quantity, units, unitPrice, amount: units.times(unitPrice) }
}

/** Returns a line that charges an amount once. */
export function chargeOnce(label: string, amount: Decimal): PricedLine {
  return { label, quantity: ZERO, units: ONE, unitPrice: amount, amount }
}

/** Adds up the amounts of lines. */
export function sumLines(lines: readonly { readonly amount: Decimal }[]): Decimal {
  return lines.reduce((sum, { amount }) => sum.plus(amount), ZERO)
}

const ONE = /* @__PURE__ */ ZERO.plus(1)
