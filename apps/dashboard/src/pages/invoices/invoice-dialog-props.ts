import type { OneInvoiceQuery } from './invoices.operations.ts'

/** What a dialog that changes an invoice is given. */
export interface InvoiceDialogProps {
  readonly invoice: NonNullable<OneInvoiceQuery['invoice']>
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}
