import { isDatabaseUnavailable, type PostgresDatabase, postgresTransaction, retryOnConflict } from '@tollgate/postgres'
import type { Transaction } from '@tollgate/kernel'
import { StoreUnavailable } from '../errors.ts'
import type { Committed, IngestConsequence, UsageStore } from '../usage-store.ts'
import { commitBatch } from './commit/commit-batch.ts'
import { knownDimensionSets } from './commit/known-dimension-sets.ts'
import { type PlacedEvent, placeEvent } from './commit/placed-event.ts'
import { repeatWatch } from './commit/repeat-watch.ts'
import { eventsById } from './events/events-by-id.ts'
import { listEvents } from './events/list-events.ts'
import { measureGroups } from './measure/measure-groups.ts'
import { isMissingPartition, partitionedMonths } from './partitions.ts'

/** What the store needs, and what it may use of memory. */
export interface PostgresUsageStoreOptions {
  readonly database: PostgresDatabase
  /** Dimension sets that are remembered, so that they need not be written again with each batch; about 1 kB each. */
  readonly rememberedDimensionSets?: number
}

/**
 * Keeps usage in PostgreSQL. Any number of processes may use the same database. Where PostgreSQL gives up a transaction
 * (deadlock, serialization), it is run again, consequences included.
 */
export function postgresUsageStore({ database, rememberedDimensionSets = 50_000 }: PostgresUsageStoreOptions): UsageStore {
  const knownSets = knownDimensionSets(rememberedDimensionSets)
  const months = partitionedMonths(database)

  const repeats = repeatWatch()

  async function commit(batch: readonly PlacedEvent[], consequences: readonly IngestConsequence[]): Promise<Committed[]> {
    await months.ensure(batch)
    return commitBatch({ database, batch, consequences, knownSets, repeats })
  }

  return {
    async commit(batch, consequences = []) {
      if (batch.length === 0) return []
      const placed = batch.map(event => placeEvent(event, knownSets))
      try {
        return await retryOnConflict(() =>
          commit(placed, consequences).catch((error: unknown) => {
            if (!isMissingPartition(error)) throw error
            months.forget()
            return commit(placed, consequences)
          }),
        )
      } catch (error) {
        throw isDatabaseUnavailable(error) ? new StoreUnavailable({ cause: error }) : error
      }
    },
    measure: (scope, query, transaction) => measureGroups(transaction === undefined ? database : inTransaction(transaction), scope, query),
    events: (scope, query) => listEvents(database, scope, query),
    eventsById: (scope, ids) => eventsById(database, scope, ids),
  }
}

/** Sends statements into a transaction that is open. It is of the same database, as whoever composes the packages sees to. */
function inTransaction(transaction: Transaction): Pick<PostgresDatabase, 'query'> {
  const { query } = postgresTransaction(transaction)
  return { query: (_scope, text, values) => query(text, values) }
}
