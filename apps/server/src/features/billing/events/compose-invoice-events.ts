import { AsyncLocalStorage } from 'node:async_hooks'
import type { InvoiceEventStore } from '@tollgate/invoicing/events'
import { INVOICE_EVENTS_CHANNEL, postgresInvoiceEvents } from '@tollgate/invoicing/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'

/** Events of invoices. */
export interface InvoiceEvents {
  readonly store: InvoiceEventStore
  /** The database that invoices are changed with: after a transaction that added events, it notifies all servers. */
  readonly database: PostgresDatabase
  /** Sends a notification that waits. */
  stop(): Promise<void>
}

/** A billing run commits thousands of invoices: all servers are notified at most this often. */
const NOTIFY_EVERY_MS = 250

/**
 * Composes events of invoices over PostgreSQL. The notification has a transaction of its own, because a commit with NOTIFY takes a lock that
 * the whole cluster shares.
 */
export function composeInvoiceEvents(database: PostgresDatabase): InvoiceEvents {
  const transactions = new AsyncLocalStorage<{ hasEvents: boolean }>()
  const stored = postgresInvoiceEvents({ database })
  let waiting: NodeJS.Timeout | undefined
  let isWanted = false

  /** A lost notification is made up for by the next one, and webhooks look for events every minute. */
  async function notify(): Promise<void> {
    isWanted = false
    waiting = setTimeout(() => {
      waiting = undefined
      if (isWanted) void notify()
    }, NOTIFY_EVERY_MS)
    waiting.unref()
    await database.query(OPERATOR_SCOPE, 'select pg_notify($1, $2)', [INVOICE_EVENTS_CHANNEL, '']).catch(() => {})
  }

  function announce(): void {
    isWanted = true
    if (waiting === undefined) void notify()
  }

  return {
    store: {
      ...stored,
      async add(transaction, events) {
        const added = await stored.add(transaction, events)
        const current = transactions.getStore()
        if (current !== undefined && added > 0) current.hasEvents = true
        return added
      },
    },
    database: {
      ...database,
      transaction(scope, work) {
        const current = { hasEvents: false }
        return transactions.run(current, async () => {
          const result = await database.transaction(scope, work)
          if (current.hasEvents) announce()
          return result
        })
      },
    },
    async stop() {
      clearTimeout(waiting)
      if (isWanted) await notify()
      clearTimeout(waiting)
    },
  }
}
