import type { InvoiceEvent } from '@tollgate/invoicing/events'
import { INVOICE_EVENTS_CHANNEL } from '@tollgate/invoicing/postgres'
import type { LiveSource } from '../../live/live-source.ts'
import { openTail } from '../../live/open-tail.ts'
import type { Tail } from '../../live/tail.ts'

/** The source of the subscription `invoiceUpdates`. */
export const liveInvoiceUpdates: LiveSource<Tail<InvoiceEvent>> = {
  open: ({ tollgate: { invoiceEvents }, listener, log }) =>
    openTail({
      channel: INVOICE_EVENTS_CHANNEL,
      source: {
        read: (scope, { after, first }) => invoiceEvents.list(scope, { after: String(after), first }),
        last: async () => BigInt(await invoiceEvents.lastCursor()),
        position: ({ cursor }) => BigInt(cursor),
        tenantId: ({ tenantId }) => tenantId,
      },
      listener,
      log,
    }),
}
