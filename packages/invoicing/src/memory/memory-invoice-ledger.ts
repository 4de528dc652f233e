import type { InvoiceStatus } from '../model/invoices/invoice.ts'
import type { PayableInvoice } from '../model/payments/payable-invoice.ts'
import type { InvoiceLedger } from '../payments/invoice-ledger.ts'

/** Invoices that payments pay, in memory. */
export interface MemoryInvoiceLedger extends InvoiceLedger {
  /** Adds or replaces an invoice of a tenant. */
  put(tenantId: string, invoice: PayableInvoice): void
  /** Returns an invoice, or undefined. */
  get(tenantId: string, invoiceId: string): PayableInvoice | undefined
}

const CLOSED: ReadonlySet<InvoiceStatus> = new Set(['draft', 'void', 'uncollectible', 'paid'])

/** Keeps what payments know of invoices in memory: for tests, and for programs that keep invoices elsewhere. */
export function memoryInvoiceLedger(): MemoryInvoiceLedger {
  const tenants = new Map<string, Map<string, PayableInvoice>>()
  const of = (tenantId: string) => tenants.get(tenantId) ?? new Map<string, PayableInvoice>()
  const put = (tenantId: string, invoice: PayableInvoice) => void tenants.set(tenantId, new Map(of(tenantId)).set(invoice.id, invoice))
  return {
    put,
    get: (tenantId, invoiceId) => of(tenantId).get(invoiceId),
    invoices: async (_transaction, tenantId, invoiceIds) => [...of(tenantId).values()].filter(({ id }) => invoiceIds.includes(id)),
    openInvoices: async (_transaction, tenantId) => [...of(tenantId).values()].filter(({ status }) => !CLOSED.has(status)),
    async setPaid(_transaction, tenantId, changes) {
      for (const { invoiceId, amountPaid } of changes) {
        const invoice = of(tenantId).get(invoiceId)
        if (invoice !== undefined) put(tenantId, { ...invoice, amountPaid, status: statusOf(invoice, amountPaid) })
      }
    },
  }
}

function statusOf({ status, total }: PayableInvoice, amountPaid: PayableInvoice['amountPaid']): InvoiceStatus {
  if (status === 'void' || status === 'draft') return status
  if (amountPaid.gte(total)) return 'paid'
  if (status === 'uncollectible') return status
  return amountPaid.gt(0) ? 'partially_paid' : 'finalized'
}
