import type { Period } from '@tollgate/kernel'
import type { InvoiceLine } from '../model/invoices/invoice-line.ts'

/** Where the amount of an invoice line comes from. */
export interface InvoiceLineExplanation {
  readonly tenantId: string
  readonly invoiceId: string
  readonly line: InvoiceLine
  /** The usage that it charges. Null for a line that charges no usage. */
  readonly usage: LineUsage | null
}

/** The events that a line charges. A correction charges what has changed about them. */
export interface LineUsage {
  readonly ranges: readonly Period[]
  /** Values of the dimensions that the events have. Null for events without a value. */
  readonly filter: Readonly<Record<string, string | null>>
}
