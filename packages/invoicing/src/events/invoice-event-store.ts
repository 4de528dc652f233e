import type { Scope, Transaction } from '@tollgate/kernel'
import type { InvoiceEvent, InvoiceEventDraft } from '../model/invoices/invoice-event.ts'

/** Stores what happens to invoices. `describeInvoiceEventStore` is the contract of all adapters. */
export interface InvoiceEventStore {
  /**
   * Adds events in the transaction of what happened, those of each tenant in order. An invoice that is overdue does not become overdue again until it
   * was paid. Returns how many were added.
   */
  add(transaction: Transaction, events: readonly InvoiceEventDraft[]): Promise<number>
  /** Returns events of the scope after a cursor, oldest first. One of a transaction that commits later never comes before. */
  list(scope: Scope, query: InvoiceEventsQuery): Promise<readonly InvoiceEvent[]>
  /** Returns the cursor of the last event of any tenant; "0" if there is none. */
  lastCursor(): Promise<string>
}

/** Which events to list. */
export interface InvoiceEventsQuery {
  readonly after?: string | undefined
  readonly first: number
}
