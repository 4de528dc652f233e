import type { Transaction } from '@tollgate/kernel'

/** Who gets e-mails of invoices. */
export interface InvoiceRecipients {
  /** Returns the recipient of an invoice, or undefined if it has no e-mail address. */
  recipient(transaction: Transaction, invoice: { readonly tenantId: string; readonly invoiceId: string }): Promise<InvoiceRecipient | undefined>
}

/** Who gets e-mails of an invoice, and what they show. */
export interface InvoiceRecipient {
  readonly to: string
  readonly name: string
  /** BCP 47. */
  readonly locale: string
  readonly seller: string
  /** IBAN. Null if there is none. */
  readonly bankAccount: string | null
}
