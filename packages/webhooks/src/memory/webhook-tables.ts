import type { Temporal } from '@tollgate/kernel'
import type { WebhookAttempt, WebhookDelivery } from '../model/webhook-delivery.ts'
import type { WebhookEndpoint } from '../model/webhook-endpoint.ts'

/** An endpoint with its secrets. */
export interface StoredEndpoint {
  readonly endpoint: WebhookEndpoint
  readonly secret: string
  readonly oldSecret: { readonly secret: string; readonly until: Temporal.Instant } | null
}

/** A delivery with its attempts, oldest first. */
export interface StoredDelivery {
  readonly delivery: WebhookDelivery
  readonly notificationId: string
  readonly attempts: readonly WebhookAttempt[]
}

/** The tables of the memory store, by id; positions by source. */
export interface WebhookTables {
  readonly endpoints: Map<string, StoredEndpoint>
  readonly deliveries: Map<string, StoredDelivery>
  readonly positions: Map<string, string>
  /** Runs work after all earlier work, and undoes its changes if it throws. */
  transact<Result>(work: () => Result | Promise<Result>): Promise<Result>
}

/** Creates empty tables. */
export function createWebhookTables(): WebhookTables {
  const tables = { endpoints: new Map<string, StoredEndpoint>(), deliveries: new Map<string, StoredDelivery>(), positions: new Map<string, string>() }
  let last: Promise<unknown> = Promise.resolve()

  async function runOrUndo<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const before = { endpoints: new Map(tables.endpoints), deliveries: new Map(tables.deliveries), positions: new Map(tables.positions) }
    try {
      return await work()
    } catch (error) {
      restore(tables.endpoints, before.endpoints)
      restore(tables.deliveries, before.deliveries)
      restore(tables.positions, before.positions)
      throw error
    }
  }

  return {
    ...tables,
    transact(work) {
      const result = last.then(() => runOrUndo(work))
      last = result.catch(() => {})
      return result
    },
  }
}

function restore<Value>(table: Map<string, Value>, before: ReadonlyMap<string, Value>): void {
  table.clear()
  for (const [key, value] of before) table.set(key, value)
}
