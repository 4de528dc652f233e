export type { InvoiceEventsQuery, InvoiceEventStore } from './invoice-event-store.ts'
export { INVOICE_EVENT_KINDS, type InvoiceEvent, type InvoiceEventDraft, type InvoiceEventKind } from '../model/invoices/invoice-event.ts'
