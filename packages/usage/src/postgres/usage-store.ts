import { asDatabaseBusy, isDatabaseUnavailable, type PostgresDatabase, postgresTransaction, retryOnConflict } from '@tollgate/postgres'
import type { Transaction } from '@tollgate/kernel'
import type { Committed } from '../model/committed.ts'
import { Overloaded, StoreUnavailable } from '../model/errors.ts'
import type { CommitHook, UsageStore } from '../usage-store.ts'
import { commitBatch } from './commit/commit-batch.ts'
import { createDimensionSetCache } from './commit/dimension-set-cache.ts'
import { createDuplicateForecast } from './commit/duplicate-forecast.ts'
import { isMissingPartition, partitionedMonths } from './commit/partitions.ts'
import { prepareEvent } from './commit/prepare-event.ts'
import { eventsById } from './events/events-by-id.ts'
import { listEvents } from './events/list-events.ts'
import { measureGroups } from './measure/measure-groups.ts'
import type { PreparedEvent } from './schema/event-columns.ts'

/** Options of the store. */
export interface PostgresUsageStoreOptions {
  /** For commits, which many callers share. */
  readonly database: PostgresDatabase
  /** For reads. Defaults to `database`. */
  readonly reads?: PostgresDatabase
  /** Maximum number of cached dimension sets, so that they are not written again with each batch; about 1 kB each. Defaults to 50,000. */
  readonly dimensionSetCacheSize?: number
}

/**
 * Stores usage in PostgreSQL. Any number of processes may share a database. A transaction that PostgreSQL rolls back
 * because of a conflict (deadlock, serialization) runs again, including its commit hooks.
 */
export function postgresUsageStore({ database, reads = database, dimensionSetCacheSize = 50_000 }: PostgresUsageStoreOptions): UsageStore {
  const setCache = createDimensionSetCache(dimensionSetCacheSize)
  const months = partitionedMonths(database)
  const duplicates = createDuplicateForecast()

  async function commit(batch: readonly PreparedEvent[], hooks: readonly CommitHook[]): Promise<Committed[]> {
    await months.ensure(batch)
    return commitBatch({ database, batch, hooks, setCache, duplicates })
  }

  return {
    async commit(batch, hooks = []) {
      if (batch.length === 0) return []
      const prepared = batch.map(event => prepareEvent(event, setCache))
      try {
        return await retryOnConflict(() =>
          commit(prepared, hooks).catch((error: unknown) => {
            if (!isMissingPartition(error)) throw error
            months.forget()
            return commit(prepared, hooks)
          }),
        )
      } catch (error) {
        throw usageStoreFailure(error)
      }
    },
    measure: (scope, query, transaction) => measureGroups(transaction === undefined ? reads : inTransaction(transaction), scope, query),
    events: (scope, query) => listEvents(reads, scope, query),
    eventsById: (scope, ids) => eventsById(reads, scope, ids),
  }
}

/** Returns an error of the database as one of usage. */
export function usageStoreFailure(error: unknown): unknown {
  if (isDatabaseUnavailable(error)) return new StoreUnavailable({ cause: error })
  const busy = asDatabaseBusy(error)
  return busy === undefined ? error : new Overloaded(busy.retryAfterMs, { cause: error })
}

/** Runs statements in a transaction that is open already. */
function inTransaction(transaction: Transaction): Pick<PostgresDatabase, 'query'> {
  const { query } = postgresTransaction(transaction)
  return { query: (_scope, text, values) => query(text, values) }
}
