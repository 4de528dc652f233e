import type { PostgresDatabase } from '@tollgate/kernel/postgres'
import { StoreUnavailable } from '../errors.ts'
import type { UsageStore } from '../usage-store.ts'
import { commitBatch } from './commit/commit-batch.ts'
import { isUnavailability } from './is-unavailability.ts'
import { knownDimensionSets } from './commit/known-dimension-sets.ts'
import { placeEvent } from './commit/placed-event.ts'
import { retryConflicts } from './commit/retry-conflicts.ts'
import { eventsById } from './events/events-by-id.ts'
import { listEvents } from './events/list-events.ts'
import { measureGroups } from './measure/measure-groups.ts'
import { partitionedMonths } from './partitions.ts'

/** What the store needs, and what it may use of memory. */
export interface PostgresUsageStoreOptions {
  readonly database: PostgresDatabase
  /** Dimension sets that are remembered, so that they need not be written again with each batch; about 1 kB each. */
  readonly rememberedDimensionSets?: number
}

/** Keeps usage in PostgreSQL. Any number of processes may use the same database. */
export function postgresUsageStore({ database, rememberedDimensionSets = 50_000 }: PostgresUsageStoreOptions): UsageStore {
  const knownSets = knownDimensionSets(rememberedDimensionSets)
  const months = partitionedMonths(database)

  return {
    async commit(batch, consequences = []) {
      if (batch.length === 0) return []
      const placed = batch.map(event => placeEvent(event, knownSets))
      try {
        await months.ensure(placed)
        return await retryConflicts(() => commitBatch({ database, batch: placed, consequences, knownSets }))
      } catch (error) {
        throw isUnavailability(error) ? new StoreUnavailable({ cause: error }) : error
      }
    },
    measure: (scope, query) => measureGroups(database, scope, query),
    events: (scope, query) => listEvents(database, scope, query),
    eventsById: (scope, ids) => eventsById(database, scope, ids),
  }
}
