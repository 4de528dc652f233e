import type { Decimal, Period, Temporal } from '@tollgate/kernel'
import type { BillingProfile, Seller } from '../parties/party.ts'
import type { TaxBehavior, TaxTotal } from '../tax/tax.ts'
import type { InvoiceLine } from './invoice-line.ts'

/** What an invoice can be. `overdue` is derived from its due date. */
export const INVOICE_STATUSES = ['draft', 'finalized', 'sent', 'partially_paid', 'paid', 'overdue', 'void', 'uncollectible'] as const

/** The state of an invoice. */
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]

/** Credit notes have positive amounts: what they give back. */
export type InvoiceKind = 'invoice' | 'credit_note'

/** An invoice, or a credit note for one. After it is finalised, only its status and payments change. */
export interface Invoice {
  /** A UUIDv7. */
  readonly id: string
  readonly tenantId: string
  readonly kind: InvoiceKind
  /** Gapless in its series, such as "INV-acme-000042". Null for a draft. */
  readonly number: string | null
  readonly status: InvoiceStatus
  /** ISO 4217. All amounts are in it. */
  readonly currency: string
  /** The billing period that it was made for. Lines can belong to earlier periods. */
  readonly period: Period
  readonly issuedAt: Temporal.Instant | null
  readonly dueAt: Temporal.Instant | null
  readonly timeZone: string
  readonly seller: Seller
  readonly buyer: BillingProfile
  readonly lines: readonly InvoiceLine[]
  readonly taxBehavior: TaxBehavior
  readonly taxes: readonly TaxTotal[]
  /** Sum of the lines before discounts, credits and tax. Like `amount` of its lines, with tax if prices include it. */
  readonly subtotal: Decimal
  /** Sum of the discounts of its lines. Not negative. */
  readonly discountTotal: Decimal
  /** What consumed credits pay. Not negative. */
  readonly creditTotal: Decimal
  readonly taxTotal: Decimal
  /** What is to be paid, with tax: `subtotal` − `discountTotal` − `creditTotal`, plus `taxTotal` if prices exclude tax. */
  readonly total: Decimal
  /** Sum of the payments and credit notes allocated to it. */
  readonly amountPaid: Decimal
  /** `total` − `amountPaid`. */
  readonly amountDue: Decimal
  /** The invoice that a credit note corrects. */
  readonly correctsInvoiceId: string | null
  /** Printed on it. */
  readonly notes: string | null
}

/** An invoice as billing keeps it. */
export interface StoredInvoice extends Invoice {
  /** The subscription that it charges. Null for credit notes and for invoices without one, such as of late fees. */
  readonly subscriptionId: string | null
  /** When it was sent to the tenant. Null if it was not. */
  readonly sentAt: Temporal.Instant | null
}
