import type { Decimal, Temporal } from '@tollgate/kernel'
import type { Invoice } from '../../model/invoices/invoice.ts'
import type { Branding } from './branding.ts'
import type { InvoiceMessages } from './messages/invoice-messages.ts'

/** An invoice or credit note with everything else that is printed. */
export interface InvoiceDocument {
  readonly invoice: Invoice
  /** The invoice that a credit note corrects. */
  readonly corrects?: CorrectedDocument | undefined
  readonly branding?: Branding | undefined
  /** Usage to chart. Defaults to the amounts of the usage lines by model. */
  readonly usage?: UsageChart | undefined
  /** Texts that replace those of a language, by language: { de: { title: 'Faktura' } }. */
  readonly texts?: Readonly<Record<string, Partial<InvoiceMessages>>> | undefined
}

/** A document that another one refers to. */
export interface CorrectedDocument {
  readonly number: string
  readonly issuedAt: Temporal.Instant | null
}

/** Usage to chart, by day or by model. */
export type UsageChart =
  | { readonly by: 'day'; readonly points: readonly { readonly day: Temporal.PlainDate; readonly amount: Decimal }[] }
  | { readonly by: 'model'; readonly points: readonly { readonly model: string; readonly amount: Decimal }[] }
