import { scopeIncludes } from '@tollgate/kernel'
import type { InvoiceEventStore } from '../events/invoice-event-store.ts'
import type { InvoiceEvent } from '../model/invoices/invoice-event.ts'

/** Keeps events of invoices in memory: for tests, examples, and programs that may forget them. */
export function memoryInvoiceEvents(): InvoiceEventStore {
  const events: InvoiceEvent[] = []
  return {
    async add(_transaction, drafts) {
      for (const draft of drafts) {
        const isKnown =
          draft.kind === 'overdue' &&
          events.some(({ kind, tenantId, invoiceId }) => kind === 'overdue' && tenantId === draft.tenantId && invoiceId === draft.invoiceId)
        if (!isKnown) events.push({ ...draft, cursor: String(events.length + 1) })
      }
    },
    list: async (scope, { after = '0', first }) =>
      events.filter(({ tenantId, cursor }) => scopeIncludes(scope, tenantId) && BigInt(cursor) > BigInt(after)).slice(0, first),
    lastCursor: async () => String(events.length),
  }
}
