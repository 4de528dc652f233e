import { type Decimal, minorUnits, round, roundParts, ZERO } from '@tollgate/kernel'
import type { AppliedTax, TaxBehavior, TaxRounding, TaxTotal } from '../../model/tax/tax.ts'

/** An amount to tax, rounded to the minor unit. */
export interface TaxableLine {
  /** With tax if amounts include it. Negative if it gives back. */
  readonly netAmount: Decimal
  readonly tax: AppliedTax
}

/** How to compute the tax. */
export interface TaxArithmetic {
  readonly currency: string
  readonly behavior: TaxBehavior
  readonly rounding: TaxRounding
}

/** The tax of an invoice. */
export interface AddedTax {
  /** Of each line, in order. They add up to `taxTotal`. */
  readonly taxAmounts: readonly Decimal[]
  /** One for each tax, in the order of the lines. */
  readonly taxes: readonly TaxTotal[]
  readonly taxTotal: Decimal
}

/** Computes the tax of the lines of an invoice: rounded half up, for each line or once for each tax. */
export function addTax(lines: readonly TaxableLine[], { currency, behavior, rounding }: TaxArithmetic): AddedTax {
  const format = { scale: minorUnits(currency), mode: 'half-up' } as const
  const taxAmounts = Array.from(lines, () => ZERO)
  const taxes: TaxTotal[] = []
  for (const group of groupByTax(lines)) {
    const exact = group.map(({ line }) => exactTax(line, behavior))
    const amounts = rounding === 'per_line' ? exact.map(amount => round(amount, format)) : roundParts(exact, format)
    const amount = sum(amounts)
    const net = sum(group.map(({ line }) => line.netAmount))
    for (const [index, { position }] of group.entries()) taxAmounts[position] = amounts[index] ?? ZERO
    const [first] = group
    if (first) taxes.push({ tax: first.line.tax, taxable: behavior === 'inclusive' ? net.minus(amount) : net, amount })
  }
  return { taxAmounts, taxes, taxTotal: sum(taxes.map(({ amount }) => amount)) }
}

/** Splits the amount of a tax over its components, in proportion to their rates. They add up to the amount. */
export function componentAmounts({ tax: { rate, components }, amount }: Pick<TaxTotal, 'tax' | 'amount'>, currency: string): readonly Decimal[] {
  return roundParts(
    components.map(component => amount.times(component.rate).div(rate)),
    { scale: minorUnits(currency), mode: 'half-up' },
  )
}

function exactTax({ netAmount, tax: { rate } }: TaxableLine, behavior: TaxBehavior): Decimal {
  return behavior === 'inclusive' ? netAmount.times(rate).div(rate.plus(100)) : netAmount.times(rate).div(100)
}

function groupByTax(lines: readonly TaxableLine[]): readonly (readonly { readonly line: TaxableLine; readonly position: number }[])[] {
  const numbered = lines.map((line, position) => ({ line, position }))
  return [...Map.groupBy(numbered, ({ line: { tax } }) => JSON.stringify([tax.category, tax.rate, tax.name, tax.jurisdiction, tax.exemptionReason])).values()]
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((all, amount) => all.plus(amount), ZERO)
}
