import { type Decimal, ZERO } from '@tollgate/kernel'

/**
 * One line of a price: `amount` = `units` × `unitPrice`, exactly. `quantity` is what the line accounts for of what was
 * metered, so that the quantities of all lines sum to the metered one: 2,500 tokens in 3 blocks of 1,000 are a line of
 * quantity 2,500 and 3 units. A fee has a quantity of 0.
 */
export interface PricedLine {
  readonly label: string
  readonly quantity: Decimal
  readonly units: Decimal
  /** In the charge's currency. Negative only where a line brings an amount down to a maximum. */
  readonly unitPrice: Decimal
  readonly amount: Decimal
}

/** A line that charges units; each is metered where no other quantity is named. */
export function chargeUnits(label: string, units: Decimal, unitPrice: Decimal, quantity: Decimal = units): PricedLine {
  return { label, quantity, units, unitPrice, amount: units.times(unitPrice) }
}

/** A line that charges a sum once, whatever was metered. */
export function chargeOnce(label: string, amount: Decimal): PricedLine {
  return { label, quantity: ZERO, units: ONE, unitPrice: amount, amount }
}

/** What lines come to. */
export function sumLines(lines: readonly { readonly amount: Decimal }[]): Decimal {
  return lines.reduce((sum, { amount }) => sum.plus(amount), ZERO)
}

const ONE = /* @__PURE__ */ ZERO.plus(1)
