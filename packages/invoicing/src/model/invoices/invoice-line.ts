import type { Decimal, Period } from '@tollgate/kernel'
import type { AppliedTax } from '../tax/tax.ts'

/** What invoice lines are for. */
export const INVOICE_LINE_KINDS = ['recurring_fee', 'seats', 'usage', 'minimum_commitment', 'adjustment', 'late_fee', 'other'] as const

/** What an invoice line is for. */
export type InvoiceLineKind = (typeof INVOICE_LINE_KINDS)[number]

/** A line of an invoice. All amounts are in the currency of the invoice and rounded to its minor unit, except `unitAmount`. */
export interface InvoiceLine {
  /** A UUIDv7. */
  readonly id: string
  /** Position on the invoice, from 1. */
  readonly position: number
  readonly kind: InvoiceLineKind
  readonly description: string
  /** The time that it charges. */
  readonly period: Period
  readonly quantity: Decimal
  /** What `quantity` counts: "month", "seat", "token", "call", "credit". */
  readonly unit: string
  /** Price of one unit. Not rounded. `quantity` × `unitAmount` is `amount` before it is rounded. */
  readonly unitAmount: Decimal
  /** Before discounts, credits and tax. Negative if it gives back. */
  readonly amount: Decimal
  readonly discounts: readonly LineDiscount[]
  /** What consumed credits pay of it. Negative if the line corrects an earlier one that credits paid too much of. */
  readonly credits: Decimal
  /** `amount` − `discounts` − `credits`: what is taxed. */
  readonly netAmount: Decimal
  readonly tax: AppliedTax
  readonly taxAmount: Decimal
  /** Null for lines that are not usage, or that charge all models together. */
  readonly provider: string | null
  readonly model: string | null
  /** Values of the dimensions that the invoice is grouped by, such as { organization: "research" }. */
  readonly dimensions: Readonly<Record<string, string | null>>
  /** Where the amount comes from: plain JSON with decimals as text. `explainInvoiceLine` reads it. */
  readonly provenance: LineProvenance
}

/** A discount on a line. */
export interface LineDiscount {
  readonly description: string
  /** Negative if the line corrects an earlier one that had too much discount. */
  readonly amount: Decimal
}

/** Where the amount of a line comes from. */
export interface LineProvenance {
  /** Currency and amount before conversion, and the rate with its date. Null if nothing was converted. */
  readonly conversion: { readonly currency: string; readonly amount: string; readonly rate: string; readonly date: string; readonly source: string } | null
  /** Such as the plan version, charge rules and price versions by id, and shares of days. */
  readonly details: Readonly<Record<string, unknown>>
}
