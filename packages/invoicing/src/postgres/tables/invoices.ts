import { Decimal, Temporal } from '@tollgate/kernel'
import { defineColumns, instantOrNull } from '@tollgate/postgres'
import type { InvoiceState } from '../../engine/invoices/invoice-status.ts'
import type { InvoiceKind, StoredInvoice } from '../../model/invoices/invoice.ts'
import type { BillingProfile, Seller } from '../../model/parties/party.ts'
import type { TaxBehavior } from '../../model/tax/tax.ts'
import type { InvoiceSummary } from '../../billing/invoice-store.ts'
import { readTaxTotalJson, taxTotalJson, type TaxTotalJson } from './tax-json.ts'

/** An invoice to insert. */
export interface InvoiceToInsert {
  readonly invoice: StoredInvoice
  readonly series: string
  readonly sequence: number
  readonly rounding: Decimal
}

/** The columns of a new invoice. */
export const INVOICE_COLUMNS = defineColumns<InvoiceToInsert>(column => [
  column('tenant_id', 'text', ({ invoice }) => invoice.tenantId),
  column('id', 'uuid', ({ invoice }) => invoice.id),
  column('kind', 'text', ({ invoice }) => invoice.kind),
  column('series', 'text', ({ series }) => series),
  column('sequence', 'integer', ({ sequence }) => sequence),
  column('number', 'text', ({ invoice }) => invoice.number),
  column('state', 'text', () => 'open'),
  column('subscription_id', 'uuid', ({ invoice }) => invoice.subscriptionId),
  column('currency', 'text', ({ invoice }) => invoice.currency),
  column('period_from', 'timestamptz', ({ invoice }) => invoice.period.from),
  column('period_to', 'timestamptz', ({ invoice }) => invoice.period.to),
  column('issued_at', 'timestamptz', ({ invoice }) => invoice.issuedAt),
  column('due_at', 'timestamptz', ({ invoice }) => invoice.dueAt),
  column('sent_at', 'timestamptz', ({ invoice }) => invoice.sentAt),
  column('time_zone', 'text', ({ invoice }) => invoice.timeZone),
  column('seller', 'jsonb', ({ invoice }) => invoice.seller),
  column('buyer', 'jsonb', ({ invoice }) => invoice.buyer),
  column('tax_behavior', 'text', ({ invoice }) => invoice.taxBehavior),
  column('taxes', 'jsonb', ({ invoice }) => invoice.taxes.map(taxTotalJson)),
  column('subtotal', 'numeric', ({ invoice }) => invoice.subtotal),
  column('discount_total', 'numeric', ({ invoice }) => invoice.discountTotal),
  column('credit_total', 'numeric', ({ invoice }) => invoice.creditTotal),
  column('tax_total', 'numeric', ({ invoice }) => invoice.taxTotal),
  column('total', 'numeric', ({ invoice }) => invoice.total),
  column('rounding', 'numeric', ({ rounding }) => rounding),
  column('corrects_invoice_id', 'uuid', ({ invoice }) => invoice.correctsInvoiceId),
  column('notes', 'text', ({ invoice }) => invoice.notes),
])

/** A row of `invoicing.invoices`. */
export interface InvoiceRow {
  readonly tenant_id: string
  readonly id: string
  readonly kind: InvoiceKind
  readonly number: string
  readonly state: InvoiceState
  readonly subscription_id: string | null
  readonly currency: string
  readonly period_from: string
  readonly period_to: string
  readonly issued_at: string
  readonly due_at: string | null
  readonly sent_at: string | null
  readonly time_zone: string
  readonly seller: Seller
  readonly buyer: BillingProfile
  readonly tax_behavior: TaxBehavior
  readonly taxes: readonly TaxTotalJson[]
  readonly subtotal: string
  readonly discount_total: string
  readonly credit_total: string
  readonly tax_total: string
  readonly total: string
  readonly amount_paid: string
  readonly corrects_invoice_id: string | null
  readonly notes: string | null
}

/** The select list of an `InvoiceRow`. */
export const SELECT_INVOICE = `tenant_id, id, kind, number, state, subscription_id, currency, period_from, period_to, issued_at, due_at, sent_at, time_zone,
  seller, buyer, tax_behavior, taxes, subtotal, discount_total, credit_total, tax_total, total, amount_paid, corrects_invoice_id, notes`

/** Reads an invoice, without its lines, from its row. */
export function summaryOf(row: InvoiceRow): InvoiceSummary {
  const total = new Decimal(row.total)
  const amountPaid = new Decimal(row.amount_paid)
  return {
    id: row.id,
    tenantId: row.tenant_id,
    kind: row.kind,
    number: row.number,
    state: row.state,
    subscriptionId: row.subscription_id,
    currency: row.currency,
    period: { from: Temporal.Instant.from(row.period_from), to: Temporal.Instant.from(row.period_to) },
    issuedAt: Temporal.Instant.from(row.issued_at),
    dueAt: instantOrNull(row.due_at),
    sentAt: instantOrNull(row.sent_at),
    timeZone: row.time_zone,
    seller: row.seller,
    buyer: row.buyer,
    taxBehavior: row.tax_behavior,
    taxes: row.taxes.map(readTaxTotalJson),
    subtotal: new Decimal(row.subtotal),
    discountTotal: new Decimal(row.discount_total),
    creditTotal: new Decimal(row.credit_total),
    taxTotal: new Decimal(row.tax_total),
    total,
    amountPaid,
    amountDue: total.minus(amountPaid),
    correctsInvoiceId: row.corrects_invoice_id,
    notes: row.notes,
  }
}
