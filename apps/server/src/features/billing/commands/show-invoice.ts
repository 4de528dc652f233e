import type { StoredInvoice } from '@tollgate/invoicing/billing'
import { minorUnits, type Temporal } from '@tollgate/kernel'
import { print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'

/** Prints an invoice with its lines. */
export function showInvoice(invoice: StoredInvoice): void {
  const { number, status, currency, period, timeZone, lines, subtotal, discountTotal, creditTotal, taxTotal, total, amountDue } = invoice
  const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(timeZone).toPlainDate().toString()
  const amount = (value: StoredInvoice['total']) => value.toFixed(minorUnits(currency))
  print(`${number === null ? 'Draft' : `${number}, ${status}`}, ${currency}, ${period.from.toString()} to ${period.to.toString()}`)
  print()
  print(
    table(
      [
        { heading: 'line' },
        { heading: 'from' },
        { heading: 'to' },
        { heading: 'quantity', align: 'end' },
        { heading: 'unit' },
        { heading: 'amount', align: 'end' },
      ],
      lines.map(line => [line.description, dayOf(line.period.from), dayOf(line.period.to), line.quantity.toFixed(), line.unit, amount(line.amount)]),
    ),
  )
  print()
  const totals: [string, StoredInvoice['total']][] = [
    ['subtotal', subtotal],
    ['discounts', discountTotal.neg()],
    ['credits', creditTotal.neg()],
    ['tax', taxTotal],
    ['total', total],
    ['due', amountDue],
  ]
  print(
    table(
      [{ heading: 'total' }, { heading: currency, align: 'end' }],
      totals.map(([name, value]) => [name, amount(value)]),
    ),
  )
}
