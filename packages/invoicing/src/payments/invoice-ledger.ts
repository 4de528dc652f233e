import type { Decimal, Transaction } from '@tollgate/kernel'
import type { PayableInvoice } from '../model/payments/payable-invoice.ts'

/** The invoices that payments pay. */
export interface InvoiceLedger {
  /** Returns invoices of a tenant by id, and locks them until the transaction ends. Omits unknown ones. */
  invoices(transaction: Transaction, tenantId: string, invoiceIds: readonly string[]): Promise<readonly PayableInvoice[]>
  /** Returns the invoices of a tenant that are not paid in full and neither draft, void nor uncollectible, and locks them until the transaction ends. */
  openInvoices(transaction: Transaction, tenantId: string): Promise<readonly PayableInvoice[]>
  /** Sets what is paid of invoices, and their status as it follows from that. */
  setPaid(transaction: Transaction, tenantId: string, changes: readonly PaidAmount[]): Promise<void>
}

/** What is paid of an invoice. */
export interface PaidAmount {
  readonly invoiceId: string
  readonly amountPaid: Decimal
}
