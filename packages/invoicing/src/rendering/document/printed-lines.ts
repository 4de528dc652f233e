import { type Decimal, ZERO } from '@tollgate/kernel'
import type { InvoiceLine } from '../../model/invoices/invoice-line.ts'
import type { Invoice } from '../../model/invoices/invoice.ts'
import type { Formats } from './formats.ts'
import type { InvoiceMessages } from './messages/invoice-messages.ts'
import { fill } from './messages/messages-for.ts'
import type { LineGroup, LineRow, LinesBlock } from './page-layout.ts'

/** How to print lines. */
export interface LinePrinting {
  readonly invoice: Invoice
  readonly formats: Formats
  readonly messages: InvoiceMessages
}

/** Returns the lines as they are printed: grouped by the dimensions of the invoice, or else by what they are for. */
export function printedLines({ invoice, formats, messages }: LinePrinting): LinesBlock {
  const printing = { invoice, formats, messages }
  const groups = Map.groupBy(invoice.lines, line => groupName(line, messages))
  const titled = groups.size > 1
  return {
    heads: {
      description: messages.description,
      quantity: messages.quantity,
      unitPrice: messages.unitPrice,
      tax: messages.tax,
      amount: messages.amount,
    },
    groups: [...groups].map(([title, lines]): LineGroup => ({
      title: titled ? title : null,
      rows: lines.map(line => printedLine(line, printing)),
      total: titled ? { label: fill(messages.groupTotal, { group: title }), value: formats.money(sum(lines.map(({ netAmount }) => netAmount))) } : null,
    })),
    empty: messages.noLines,
  }
}

function groupName({ dimensions, kind }: InvoiceLine, messages: InvoiceMessages): string {
  const values = Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (values.length > 0) return values.map(([dimension, value]) => `${dimension}: ${value ?? messages.none}`).join(', ')
  if (kind === 'recurring_fee' || kind === 'seats') return messages.fees
  return kind === 'usage' || kind === 'minimum_commitment' ? messages.usage : messages.other
}

function printedLine(line: InvoiceLine, { invoice, formats, messages }: LinePrinting): LineRow {
  const { description, quantity, unitAmount, tax, amount, period, discounts, credits } = line
  const ownPeriod = !period.from.equals(invoice.period.from) || !period.to.equals(invoice.period.to)
  return {
    cells: {
      description,
      quantity: [formats.number(quantity), unitName(line, messages)].filter(text => text !== '').join(' '),
      unitPrice: formats.price(unitAmount),
      tax: tax.category === 'S' || tax.category === 'Z' ? formats.percent(tax.rate) : '–',
      amount: formats.money(amount),
    },
    remarks: ownPeriod ? [formats.period(period)] : [],
    deductions: [
      ...discounts.map(discount => ({ label: fill(messages.discount, { name: discount.description }), value: formats.money(discount.amount.neg()) })),
      ...(credits.isZero() ? [] : [{ label: messages.credits, value: formats.money(credits.neg()) }]),
    ],
  }
}

function unitName({ unit, quantity }: InvoiceLine, { units }: InvoiceMessages): string {
  const names = Object.hasOwn(units, unit) ? units[unit] : undefined
  if (names === undefined) return unit
  return quantity.eq(1) ? names[0] : names[1]
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((all, amount) => all.plus(amount), ZERO)
}
