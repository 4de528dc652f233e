import { Decimal, type Period, roundParts } from '@tollgate/kernel'
import type { InvoiceLine } from '../../model/invoices/invoice-line.ts'
import type { Invoice } from '../../model/invoices/invoice.ts'
import { lastInstant } from '../document/formats.ts'
import type { ElectronicAllowance, ElectronicLine, ElectronicPeriod, ElectronicTaxCategory } from './electronic-invoice.ts'

/** Units of UN/ECE Recommendation 20. Any other unit is "one". */
const UNIT_CODES: Readonly<Record<string, string>> = { month: 'MON', year: 'ANN', day: 'DAY', hour: 'HUR' }

const ONE_UNIT = 'C62'

/** Digits of a price. A price that is computed can have many more. */
const PRICE_DIGITS = 15

const HUNDRED = new Decimal(100)
const ONE = new Decimal(1)
const CENT = new Decimal('0.01')

/** How to express a line. */
export interface LineContext {
  readonly invoice: Pick<Invoice, 'taxBehavior' | 'timeZone'>
  readonly tax: ElectronicTaxCategory
  /** Reason of an allowance for credits. */
  readonly creditReason: string
}

/** Returns a line without tax. Discounts and credits become allowances; those that take back become charges. */
export function electronicLine(line: InvoiceLine, { invoice, tax, creditReason }: LineContext): ElectronicLine {
  const inclusive = invoice.taxBehavior === 'inclusive'
  const withoutTax = (amount: Decimal) => (inclusive ? amount.times(HUNDRED).div(line.tax.rate.plus(HUNDRED)) : amount)
  const deductions = [
    ...line.discounts.map(({ description, amount }) => ({ reason: description, amount })),
    ...(line.credits.isZero() ? [] : [{ reason: creditReason, amount: line.credits }]),
  ]
  const amounts = roundParts(
    deductions.map(({ amount }) => withoutTax(amount)),
    { scale: 2, mode: 'half-up' },
  )
  const allowances = deductions.flatMap(({ reason }, position) => allowance(reason, amounts[position]))
  const netAmount = inclusive ? line.netAmount.minus(line.taxAmount) : line.netAmount
  const beforeAllowances = amounts.reduce((sum, amount) => sum.plus(amount), netAmount)
  return {
    id: String(line.position),
    name: line.description,
    period: electronicPeriod(line.period, invoice.timeZone),
    ...quantityAndPrice(line.quantity, withoutTax(line.unitAmount), beforeAllowances),
    unitCode: UNIT_CODES[line.unit] ?? ONE_UNIT,
    allowances,
    netAmount,
    tax,
  }
}

/** Returns the days of a period. */
export function electronicPeriod(period: Period, timeZone: string): ElectronicPeriod {
  const day = (instant: Period['from']) => instant.toZonedDateTimeISO(timeZone).toPlainDate().toString()
  return { from: day(period.from), to: day(lastInstant(period)) }
}

/**
 * A price must not be negative (BR-27): the quantity is, instead. A price that does not give the amount, because that is
 * rounded to whole units of the currency, is computed from it.
 */
function quantityAndPrice(quantity: Decimal, unitAmount: Decimal, amount: Decimal): Pick<ElectronicLine, 'quantity' | 'price'> {
  const units = quantity.isZero() ? ONE : quantity
  const matches = units.times(unitAmount).minus(amount).abs().lt(CENT)
  const price = (matches ? unitAmount : amount.div(units)).toSignificantDigits(PRICE_DIGITS)
  return price.isNegative() ? { quantity: units.neg(), price: price.neg() } : { quantity: units, price }
}

function allowance(reason: string, amount: Decimal | undefined): readonly ElectronicAllowance[] {
  if (amount === undefined || amount.isZero()) return []
  return [{ kind: amount.isNegative() ? 'charge' : 'allowance', amount: amount.abs(), reason }]
}
