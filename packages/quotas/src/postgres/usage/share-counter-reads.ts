import { singleFlightByKey } from '@tollgate/kernel'
import type { CountersQuery } from '../../counter-store.ts'
import type { Stale } from '../../engine/commands/outcome.ts'
import type { CounterReading } from '../../model/counters/counter-reading.ts'

type Answer = readonly CounterReading[] | Stale

/**
 * Shares reads of the same counters between concurrent callers: all callers of a hot tenant read the same. A shared read has the
 * latest time of its callers.
 */
export function shareCounterReads(read: (query: CountersQuery) => Promise<Answer>): (query: CountersQuery) => Promise<Answer> {
  return singleFlightByKey<CountersQuery, Answer>(
    ({ tenantId, customerId, revision, counters }) => JSON.stringify([tenantId, customerId ?? null, revision, ...counters.map(({ key }) => key)]),
    queries => read({ ...(queries[0] as CountersQuery), nowMs: Math.max(...queries.map(({ nowMs }) => nowMs)) }),
    { joinTurn: true },
  )
}
