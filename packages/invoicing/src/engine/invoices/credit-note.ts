import { allocate, Decimal, InvalidInput, minorUnits, round, ZERO } from '@tollgate/kernel'
import { CreditNoteExceedsInvoice } from '../../model/billing/billing-errors.ts'
import { sumOf } from '../../model/billing/due-charge.ts'
import type { InvoiceLine } from '../../model/invoices/invoice-line.ts'
import type { Invoice, StoredInvoice } from '../../model/invoices/invoice.ts'
import type { TaxTotal } from '../../model/tax/tax.ts'
import { lineIdOf } from './invoice-ids.ts'

/** What a credit note gives back: everything that remains, an amount with tax, or net amounts of lines. */
export type CreditNoteContents =
  | { readonly kind: 'full' }
  | { readonly kind: 'amount'; readonly amount: Decimal }
  | { readonly kind: 'lines'; readonly lines: readonly { readonly lineId: string; readonly netAmount: Decimal }[] }

/** A credit note to make. */
export interface CreditNoteRequest {
  readonly id: string
  readonly contents: CreditNoteContents
  /** Printed on it. */
  readonly reason: string
  /** Earlier credit notes of the invoice. */
  readonly earlier: readonly Pick<Invoice, 'lines' | 'total'>[]
}

/**
 * Makes a credit note as a draft. With all earlier credit notes, it never gives back more than the invoice, and never more
 * than a line. The last one gives back exactly what remains, tax included. Throws `CreditNoteExceedsInvoice` and `InvalidInput`.
 */
export function makeCreditNote(invoice: Omit<StoredInvoice, 'status'>, { id, contents, reason, earlier }: CreditNoteRequest): StoredInvoice {
  const remaining = invoice.lines.map(line => remainingOf(line, earlier))
  const left = invoice.total.minus(sumOf(earlier.map(({ total }) => total)))
  const given =
    contents.kind === 'full'
      ? remaining
      : contents.kind === 'amount'
        ? shareAmount(invoice, remaining, contents.amount)
        : pickLines(invoice, remaining, contents.lines)
  const lines = given
    .filter(({ net, tax }) => !net.isZero() || !tax.isZero())
    .map(({ line, net, tax }, i): InvoiceLine => ({
      ...line,
      id: lineIdOf(id, i + 1),
      position: i + 1,
      quantity: ONE,
      unit: 'credit note',
      unitAmount: net,
      amount: net,
      discounts: [],
      credits: ZERO,
      netAmount: net,
      taxAmount: tax,
      provenance: { conversion: null, details: { credits: line.id } },
    }))
  const net = sumOf(lines.map(line => line.netAmount))
  const taxTotal = sumOf(lines.map(({ taxAmount }) => taxAmount))
  const total = invoice.taxBehavior === 'exclusive' ? net.plus(taxTotal) : net
  if (total.gt(left)) throw new CreditNoteExceedsInvoice(invoice.number ?? invoice.id, left.toFixed(), invoice.currency)
  if (total.lte(0)) throw new InvalidInput([{ path: 'amount', message: `nothing of the invoice ${invoice.number ?? invoice.id} remains to be given back` }])
  return {
    ...invoice,
    id,
    kind: 'credit_note',
    subscriptionId: null,
    number: null,
    status: 'draft',
    issuedAt: null,
    dueAt: null,
    sentAt: null,
    lines,
    taxes: taxTotals(lines, invoice),
    subtotal: net,
    discountTotal: ZERO,
    creditTotal: ZERO,
    taxTotal,
    total,
    amountPaid: ZERO,
    amountDue: total,
    correctsInvoiceId: invoice.id,
    notes: reason,
  }
}

const ONE = /* @__PURE__ */ new Decimal(1)

type CreditedInvoice = Omit<StoredInvoice, 'status'>

/** What remains of a line, or what is given back of it. `net` is with tax if amounts include it. */
interface LineAmount {
  readonly line: InvoiceLine
  readonly net: Decimal
  readonly tax: Decimal
}

function remainingOf(line: InvoiceLine, earlier: readonly Pick<Invoice, 'lines'>[]): LineAmount {
  const credited = earlier.flatMap(({ lines }) => lines).filter(({ provenance }) => provenance.details['credits'] === line.id)
  return {
    line,
    net: line.netAmount.minus(sumOf(credited.map(({ netAmount }) => netAmount))),
    tax: line.taxAmount.minus(sumOf(credited.map(({ taxAmount }) => taxAmount))),
  }
}

function grossOf({ net, tax }: LineAmount, { taxBehavior }: Pick<Invoice, 'taxBehavior'>): Decimal {
  return taxBehavior === 'exclusive' ? net.plus(tax) : net
}

/** Shares an amount with tax over the lines, in proportion to what remains of each. */
function shareAmount(invoice: CreditedInvoice, remaining: readonly LineAmount[], amount: Decimal): readonly LineAmount[] {
  const scale = minorUnits(invoice.currency)
  if (amount.lte(0) || amount.decimalPlaces() > scale) {
    throw new InvalidInput([{ path: 'amount', message: `must be above 0, with at most ${scale} decimal places in ${invoice.currency}` }])
  }
  const weights = remaining.map(line => Decimal.max(ZERO, grossOf(line, invoice)))
  const left = sumOf(remaining.map(line => grossOf(line, invoice)))
  if (amount.gt(left)) throw new CreditNoteExceedsInvoice(invoice.number ?? invoice.id, Decimal.max(ZERO, left).toFixed(), invoice.currency)
  if (amount.eq(left)) return remaining
  const shares = allocate(amount, weights, scale)
  return remaining.map((line, i) => {
    const gross = shares[i] ?? ZERO
    if (gross.eq(grossOf(line, invoice))) return line
    const rate = line.line.tax.rate
    const tax = round(gross.times(rate).div(rate.plus(100)), { scale, mode: 'half-up' })
    return { line: line.line, tax, net: invoice.taxBehavior === 'exclusive' ? gross.minus(tax) : gross }
  })
}

function pickLines(
  invoice: CreditedInvoice,
  remaining: readonly LineAmount[],
  wanted: readonly { readonly lineId: string; readonly netAmount: Decimal }[],
): readonly LineAmount[] {
  const scale = minorUnits(invoice.currency)
  if (wanted.length === 0) throw new InvalidInput([{ path: 'lines', message: 'must name at least one line' }])
  const issues = wanted.flatMap(({ lineId, netAmount }, i) => {
    const path = `lines.${i}`
    const found = remaining.find(({ line }) => line.id === lineId)
    if (found === undefined) return [{ path: `${path}.lineId`, message: 'is not a line of the invoice' }]
    if (wanted.findIndex(other => other.lineId === lineId) !== i) return [{ path: `${path}.lineId`, message: 'is named twice' }]
    if (netAmount.lte(0) || netAmount.decimalPlaces() > scale)
      return [{ path: `${path}.amount`, message: `must be above 0, with at most ${scale} decimal places` }]
    if (netAmount.gt(found.net))
      return [{ path: `${path}.amount`, message: `is larger than what remains of the line: ${found.net.toFixed()} ${invoice.currency}` }]
    return []
  })
  if (issues.length > 0) throw new InvalidInput(issues)
  return wanted.flatMap(({ lineId, netAmount }) => {
    const found = remaining.find(({ line }) => line.id === lineId)
    if (found === undefined) return []
    if (netAmount.eq(found.net)) return [found]
    const { rate } = found.line.tax
    const exact = invoice.taxBehavior === 'exclusive' ? netAmount.times(rate).div(100) : netAmount.times(rate).div(rate.plus(100))
    return [{ line: found.line, net: netAmount, tax: round(exact, { scale, mode: 'half-up' }) }]
  })
}

function taxTotals(lines: readonly InvoiceLine[], { taxBehavior, taxes }: Pick<Invoice, 'taxBehavior' | 'taxes'>): readonly TaxTotal[] {
  return taxes.flatMap(({ tax }) => {
    const own = lines.filter(line => JSON.stringify(line.tax) === JSON.stringify(tax))
    if (own.length === 0) return []
    const amount = sumOf(own.map(({ taxAmount }) => taxAmount))
    const net = sumOf(own.map(({ netAmount }) => netAmount))
    return [{ tax, taxable: taxBehavior === 'inclusive' ? net.minus(amount) : net, amount }]
  })
}
