import { type Scope, type Temporal, tenantScope } from '@tollgate/kernel'
import { invoiceStatus } from '../engine/invoices/invoice-status.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { InvoiceStore, InvoiceSummary } from './invoice-store.ts'

/** Returns a finalised invoice with its lines and its stored status, which does not depend on the time. */
export async function findStoredInvoice(store: InvoiceStore, tenantId: string, id: string): Promise<StoredInvoice | undefined> {
  const [summary] = await store.invoices(tenantScope(tenantId), [id])
  return summary && withLines(store, tenantScope(tenantId), summary, summary.issuedAt)
}

/** Reads the lines of an invoice. */
export async function withLines(store: InvoiceStore, scope: Scope, summary: InvoiceSummary, now: Temporal.Instant | null): Promise<StoredInvoice> {
  const lines = (await store.lines(scope, [summary.id])).get(summary.id) ?? []
  return { ...statusOf(summary, now), lines }
}

/** Returns an invoice with its status at a time. */
export function statusOf(summary: InvoiceSummary, now: Temporal.Instant | null): Omit<StoredInvoice, 'lines'> {
  const { state: _, ...invoice } = summary
  const at = now ?? invoice.issuedAt
  if (at === null) throw new TypeError('A finalised invoice has no time of issue')
  return { ...invoice, status: invoiceStatus(summary, at) }
}
