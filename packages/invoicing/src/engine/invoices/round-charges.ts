import { Decimal, minorUnits, round, ZERO } from '@tollgate/kernel'
import { convert, convertedNet, type DueCharge } from '../../model/billing/due-charge.ts'
import type { LineDiscount } from '../../model/invoices/invoice-line.ts'

/** A charge with the amounts that its line shows, in minor units of the currency of the invoice. */
export interface RoundedCharge {
  readonly charge: DueCharge
  /** `netAmount` + `discounts` + `credits`. */
  readonly amount: Decimal
  readonly discounts: readonly LineDiscount[]
  readonly credits: Decimal
  readonly netAmount: Decimal
}

/** Rounded charges, and what rounding leaves for the next invoice. */
export interface RoundedCharges {
  readonly charges: readonly RoundedCharge[]
  /** Less than a minor unit, and not negative unless an earlier invoice was voided. */
  readonly carriedOver: Decimal
}

/**
 * Rounds charges so that they add up: the total is what is due and what was carried over, rounded down to the minor unit;
 * what is left is carried over again. Each charge is rounded down, and the units that are missing to the total go one each
 * to the largest remainders. So a charge in whole minor units stays as it is.
 */
export function roundCharges(
  charges: readonly DueCharge[],
  { currency, carriedIn }: { readonly currency: string; readonly carriedIn: Decimal },
): RoundedCharges {
  const scale = minorUnits(currency)
  const exact = charges.map(convertedNet)
  const due = exact.reduce((sum, net) => sum.plus(net), carriedIn)
  const total = round(due, { scale, mode: 'floor' })
  const floors = exact.map(net => round(net, { scale, mode: 'floor' }))
  const unit = new Decimal(10).pow(-scale)
  // A count of minor units, not an amount.
  const missing = Number(
    total
      .minus(floors.reduce((sum, net) => sum.plus(net), ZERO))
      .div(unit)
      .toFixed(),
  )
  const adjusted = new Set(
    exact
      .map((net, position) => ({ position, remainder: net.minus(floors[position] ?? ZERO) }))
      .toSorted((a, b) => (missing < 0 ? a.remainder.cmp(b.remainder) : b.remainder.cmp(a.remainder)) || a.position - b.position)
      .slice(0, Math.abs(missing))
      .map(({ position }) => position),
  )
  const step = missing < 0 ? unit.neg() : unit
  const nets = floors.map((floor, position) => (adjusted.has(position) ? floor.plus(step) : floor))
  return {
    charges: charges.map((charge, position) => withParts(charge, nets[position] ?? ZERO, scale)),
    carriedOver: nets.reduce((left, net) => left.minus(net), due),
  }
}

function withParts(charge: DueCharge, netAmount: Decimal, scale: number): RoundedCharge {
  const rounded = (amount: Decimal) => round(convert(amount, charge), { scale, mode: 'half-even' })
  const discounts = charge.discounts.map(({ rule, amount }) => ({ description: rule, amount: rounded(amount) })).filter(({ amount }) => !amount.isZero())
  const credits = rounded(charge.credits)
  return { charge, discounts, credits, netAmount, amount: discounts.reduce((sum, discount) => sum.plus(discount.amount), netAmount).plus(credits) }
}
