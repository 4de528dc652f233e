import { asDatabaseBusy, isDatabaseUnavailable, type PostgresDatabase, postgresTransaction, retryOnConflict } from '@tollgate/postgres'
import type { Transaction } from '@tollgate/kernel'
import type { Committed } from '../model/committed.ts'
import { Overloaded, StoreUnavailable } from '../model/errors.ts'
import type { UsageStore } from '../usage-store.ts'
import { type BatchCommit, commitBatch } from './commit/commit-batch.ts'
import { createDimensionSetCache } from './commit/dimension-set-cache.ts'
import { createDuplicateForecast } from './commit/duplicate-forecast.ts'
import { isMissingPartition, partitionedMonths } from './commit/partitions.ts'
import { prepareEvent } from './commit/prepare-event.ts'
import { eventsById } from './events/events-by-id.ts'
import { listEvents } from './events/list-events.ts'
import { measureGroups } from './measure/measure-groups.ts'

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

  async function commit(request: Pick<BatchCommit, 'batch' | 'hooks' | 'onOutcomes'>): Promise<Committed[]> {
    await months.ensure(request.batch)
    return commitBatch({ ...request, database, setCache, duplicates })
  }

  return {
    async commit(batch, hooks = [], onOutcomes) {
      if (batch.length === 0) return []
      const request = { batch: batch.map(event => prepareEvent(event, setCache)), hooks, onOutcomes }
      try {
        return await retryOnConflict(() =>
          commit(request).catch((error: unknown) => {
            if (!isMissingPartition(error)) throw error
            months.forget()
            return commit(request)
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
