import type { Transaction } from '@tollgate/kernel'
import type { CollectableInvoice } from '../model/collections/collectable-invoice.ts'

/** The invoices that collections collect. */
export interface CollectableInvoices {
  /** Returns the invoices of a tenant that are not paid in full and neither draft, void nor uncollectible. */
  collectable(transaction: Transaction, tenantId: string): Promise<readonly CollectableInvoice[]>
  /** Makes an invoice uncollectible. */
  markUncollectible(transaction: Transaction, invoice: { readonly tenantId: string; readonly invoiceId: string }): Promise<void>
  /** Returns tenants with such invoices, in order, after a tenant. */
  tenantsToCollect(page: { readonly first: number; readonly after?: string | undefined }): Promise<readonly string[]>
}
