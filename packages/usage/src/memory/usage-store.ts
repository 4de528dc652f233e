import { OPERATOR_SCOPE, periodIncludes, type Scope, scopeIncludes, Temporal } from '@tollgate/kernel'
import type { RatedEvent, UsageEvent } from '../event.ts'
import { judgeRepeat } from '../judge-repeat.ts'
import type { Committed, EventPosition, IngestConsequence, UsageStore } from '../usage-store.ts'
import { effectiveRating, type MemoryCorrections, memoryCorrections } from './corrections.ts'
import { matchesFilter, measureEvents } from './measure-events.ts'

/** Keeps usage in this process, and sums it up from the list of events at every question: for tests and for trying out. Corrections are those of a re-rating store that shares them. */
export function memoryUsageStore({ corrections = memoryCorrections() }: { corrections?: MemoryCorrections } = {}): UsageStore {
  const recorded = new Map<string, RatedEvent>()
  const visible = (scope: Scope) => [...recorded.values()].filter(event => scopeIncludes(scope, event.tenantId))

  async function commit(batch: readonly RatedEvent[], consequences: readonly IngestConsequence[]): Promise<Committed[]> {
    const { answers, accepted } = claimKeys(recorded, batch)
    if (accepted.size > 0) {
      for (const consequence of consequences) await consequence({ scope: OPERATOR_SCOPE }, [...accepted.values()])
    }
    for (const [key, event] of accepted) recorded.set(key, event)
    return answers
  }

  // One commit after the other, as consequences take their time and must see no half of another commit.
  let last: Promise<unknown> = Promise.resolve()
  return {
    commit(batch, consequences = []) {
      const committed = last.then(() => commit(batch, consequences))
      last = committed.catch(() => {})
      return committed
    },

    async measure(scope, query) {
      const events = visible(scope)
      return measureEvents(query.costs === 'recorded' ? events : events.map(event => ({ ...event, rating: effectiveRating(event, corrections) })), query)
    },

    async events(scope, { range, filter, first, after }) {
      const found = visible(scope)
        .filter(event => periodIncludes(range, event.occurredAt) && matchesFilter(event, filter))
        .filter(event => after === undefined || newestFirst(after, event) < 0)
        .sort(newestFirst)
      return { events: found.slice(0, first).map(readBack), hasMore: found.length > first }
    },

    async eventsById(scope, ids) {
      return visible(scope)
        .filter(event => ids.includes(event.id))
        .map(readBack)
    },
  }
}

type EventsByKey = ReadonlyMap<string, RatedEvent>

function claimKeys(recorded: EventsByKey, batch: readonly RatedEvent[]): { answers: Committed[]; accepted: EventsByKey } {
  const accepted = new Map<string, RatedEvent>()
  const answers = batch.map((event): Committed => {
    const key = JSON.stringify([event.tenantId, event.idempotencyKey])
    const first = recorded.get(key) ?? accepted.get(key)
    if (first !== undefined) return { outcome: judgeRepeat(first, event), eventId: first.id, occurredAt: first.occurredAt }
    accepted.set(key, event)
    return { outcome: 'accepted', eventId: event.id, occurredAt: event.occurredAt }
  })
  return { answers, accepted }
}

function newestFirst(a: EventPosition, b: EventPosition): number {
  return Temporal.Instant.compare(b.occurredAt, a.occurredAt) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
}

function readBack({ payloadHash, occurredAtSent, ...event }: RatedEvent): UsageEvent {
  return event
}
