import type { Decimal, Temporal } from '@tollgate/kernel'
import type { InvoiceStatus } from '../invoices/invoice.ts'

/** What payments know of an invoice. */
export interface PayableInvoice {
  readonly id: string
  readonly number: string | null
  readonly status: InvoiceStatus
  readonly currency: string
  readonly total: Decimal
  /** Sum of the allocations to it. */
  readonly amountPaid: Decimal
  readonly dueAt: Temporal.Instant | null
}

const UNPAYABLE: ReadonlySet<InvoiceStatus> = new Set(['draft', 'void'])

/** Whether payments can be allocated to the invoice: it is finalised and not void. */
export function isPayable({ status }: Pick<PayableInvoice, 'status'>): boolean {
  return !UNPAYABLE.has(status)
}
