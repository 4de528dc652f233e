import { Decimal, Temporal } from '@tollgate/kernel'
import { componentAmounts } from '../../engine/tax/add-tax.ts'
import type { AppliedTax, TaxTotal } from '../../model/tax/tax.ts'
import type { InvoiceMessages } from './messages/invoice-messages.ts'
import { fill } from './messages/messages-for.ts'
import type { TableBlock, Total } from './page-layout.ts'
import type { LinePrinting } from './printed-lines.ts'

/** Returns the sums as they are printed, from the subtotal to what is due. */
export function printedTotals({ invoice, formats, messages }: LinePrinting): readonly Total[] {
  const { subtotal, discountTotal, creditTotal, total, taxTotal, taxes, amountPaid, amountDue } = invoice
  const inclusive = invoice.taxBehavior === 'inclusive'
  const deducted = !discountTotal.isZero() || !creditTotal.isZero()
  const row = (label: string, value: string, weight: Total['weight'] = 'normal') => ({ label, value, weight })
  const taxRows = taxes
    .filter(({ amount, tax: { category } }) => !amount.isZero() || category === 'S')
    .map(({ tax, amount }) => {
      const names = { tax: taxName(tax, messages), rate: formats.percent(tax.rate) }
      return row(inclusive ? fill(messages.taxIncluded, names) : `${names.tax} ${names.rate}`, formats.money(amount))
    })
  const credited = invoice.kind === 'credit_note'
  return [
    row(inclusive ? messages.subtotalWithTax : messages.subtotal, formats.money(subtotal)),
    ...(discountTotal.isZero() ? [] : [row(messages.discounts, formats.money(discountTotal.neg()))]),
    ...(creditTotal.isZero() ? [] : [row(messages.credits, formats.money(creditTotal.neg()))]),
    ...(deducted && !inclusive ? [row(messages.netTotal, formats.money(total.minus(taxTotal)))] : []),
    ...(inclusive ? [] : taxRows),
    row(credited ? messages.amountCredited : messages.total, formats.money(total), credited ? 'final' : 'strong'),
    ...(inclusive ? taxRows : []),
    ...(credited
      ? []
      : [
          ...(amountPaid.isZero() ? [] : [row(messages.amountPaid, formats.money(amountPaid.neg()))]),
          row(messages.amountDue, formats.money(amountDue), 'final'),
        ]),
  ]
}

/** Returns the taxes as a table: a row for each, and for each of its components. */
export function printedTaxes({ invoice, formats, messages }: LinePrinting): TableBlock | null {
  if (invoice.taxes.length === 0) return null
  return {
    title: messages.taxTable,
    heads: [messages.tax, messages.taxRate, messages.taxable, messages.taxAmount],
    rows: invoice.taxes.flatMap(total => [
      [
        `${taxName(total.tax, messages)} (${total.tax.jurisdiction})`,
        formats.percent(total.tax.rate),
        formats.money(total.taxable),
        formats.money(total.amount),
      ],
      ...componentRows(total).map(({ name, rate, amount }) => [`– ${name}`, formats.percent(rate), '', formats.money(amount)]),
    ]),
  }

  function componentRows(total: TaxTotal) {
    const { components, rate } = total.tax
    if (components.length === 0 || rate.isZero()) return []
    const amounts = componentAmounts(total, invoice.currency)
    return components.flatMap((component, position) => {
      const amount = amounts[position]
      return amount === undefined ? [] : [{ ...component, amount }]
    })
  }
}

/** Returns why taxes are not due, each reason once. */
export function printedTaxNotes({ invoice, messages }: LinePrinting): readonly string[] {
  return [...new Set(invoice.taxes.flatMap(({ tax }) => noteOf(tax)))]

  function noteOf({ category, exemptionReason }: AppliedTax): readonly string[] {
    if (category === 'AE') return [messages.reverseCharge]
    if (category === 'O') return [messages.notTaxed]
    return category === 'E' ? [fill(messages.exempt, { reason: exemptionReason ?? '' }).trim()] : []
  }
}

/** Returns the exchange rates that lines were converted with, each once. */
export function printedExchangeRates({ invoice, formats, messages }: LinePrinting): TableBlock | null {
  const used = new Map<string, readonly string[]>()
  for (const { provenance } of invoice.lines) {
    const { conversion } = provenance
    if (conversion === null) continue
    const { currency, rate, date, source } = conversion
    used.set(JSON.stringify([currency, rate, date, source]), [
      `1 ${currency}`,
      `${formats.number(decimal(rate).toSignificantDigits(10))} ${invoice.currency}`,
      printedDate(date),
      source,
    ])
  }
  if (used.size === 0) return null
  return { title: messages.exchangeRates, heads: [messages.originalAmount, messages.rate, messages.date, messages.source], rows: [...used.values()] }

  function printedDate(date: string): string {
    return /^\d{4}-\d{2}-\d{2}$/.test(date) ? formats.day(Temporal.PlainDate.from(date)) : date
  }
}

function taxName({ name }: AppliedTax, { taxNames }: InvoiceMessages): string {
  return Object.hasOwn(taxNames, name) ? (taxNames[name] ?? name) : name
}

function decimal(text: string): Decimal {
  return new Decimal(text)
}
