import { scopeIncludes } from '@tollgate/kernel'
import type { InvoiceEventStore } from '../events/invoice-event-store.ts'
import type { InvoiceEvent, InvoiceEventDraft } from '../model/invoices/invoice-event.ts'

/** Keeps events of invoices in memory: for tests, examples, and programs that may forget them. */
export function memoryInvoiceEvents(): InvoiceEventStore {
  const events: InvoiceEvent[] = []
  return {
    async add(_transaction, drafts) {
      const isOverdue = (draft: InvoiceEventDraft) =>
        events.findLast(
          ({ kind, tenantId, invoiceId }) => (kind === 'overdue' || kind === 'paid') && tenantId === draft.tenantId && invoiceId === draft.invoiceId,
        )?.kind === 'overdue'
      const added = drafts.filter(draft => draft.kind !== 'overdue' || !isOverdue(draft))
      for (const draft of added) events.push({ ...draft, cursor: String(events.length + 1) })
      return added.length
    },
    list: async (scope, { after = '0', first }) =>
      events.filter(({ tenantId, cursor }) => scopeIncludes(scope, tenantId) && BigInt(cursor) > BigInt(after)).slice(0, first),
    lastCursor: async () => String(events.length),
  }
}
