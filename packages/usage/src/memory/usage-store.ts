import { OPERATOR_SCOPE, periodIncludes, type Scope, scopeIncludes, Temporal, toPage } from '@tollgate/kernel'
import { classifyDuplicate } from '../engine/classify-duplicate.ts'
import type { Committed } from '../model/committed.ts'
import type { RatedEvent, UsageEvent } from '../model/event.ts'
import type { AcceptedHook, CommitHook, EventPosition, OutcomeHook, UsageStore } from '../usage-store.ts'
import { effectiveRating, type MemoryCorrections, memoryCorrections } from './corrections.ts'
import { matchesFilter, measureEvents } from './measure-events.ts'

/** Stores usage in memory and sums it on every query, for tests and first steps. A re-rating store may share `corrections`. */
export function memoryUsageStore({ corrections = memoryCorrections() }: { corrections?: MemoryCorrections } = {}): UsageStore {
  const recorded = new Map<string, RatedEvent>()
  const visible = (scope: Scope) => [...recorded.values()].filter(event => scopeIncludes(scope, event.tenantId, event.metadata.customerId))

  async function commit(batch: readonly RatedEvent[], hooks: readonly CommitHook[], onOutcomes?: OutcomeHook): Promise<Committed[]> {
    const { outcomes, accepted } = claimKeys(recorded, batch)
    const prepared: AcceptedHook[] = []
    for (const hook of hooks) prepared.push(typeof hook === 'function' ? hook : await hook.prepare({ scope: OPERATOR_SCOPE }, batch))
    await onOutcomes?.({ scope: OPERATOR_SCOPE }, outcomes)
    if (accepted.size > 0) {
      const events = [...accepted.values()]
      for (const hook of prepared) await hook({ scope: OPERATOR_SCOPE }, events)
    }
    for (const [key, event] of accepted) recorded.set(key, event)
    return outcomes
  }

  // One commit at a time: hooks are asynchronous and must not see another commit in progress.
  let last: Promise<unknown> = Promise.resolve()
  return {
    commit(batch, hooks = [], onOutcomes) {
      const committed = last.then(() => commit(batch, hooks, onOutcomes))
      last = committed.catch(() => {})
      return committed
    },

    async measure(scope, query) {
      const events = visible(scope)
      return measureEvents(query.costs === 'recorded' ? events : events.map(event => ({ ...event, rating: effectiveRating(event, corrections) })), query)
    },

    async events(scope, { range, filter, first, after }) {
      const found = visible(scope)
        .filter(event => periodIncludes(range, event.occurredAt) && matchesFilter({ ...event, rating: effectiveRating(event, corrections) }, filter))
        .filter(event => after === undefined || newestFirst(after, event) < 0)
        .sort(newestFirst)
      return toPage(found.map(readBack), first)
    },

    async eventsById(scope, ids) {
      return visible(scope)
        .filter(event => ids.includes(event.id))
        .map(readBack)
    },
  }
}

type EventsByKey = ReadonlyMap<string, RatedEvent>

function claimKeys(recorded: EventsByKey, batch: readonly RatedEvent[]): { outcomes: Committed[]; accepted: EventsByKey } {
  const accepted = new Map<string, RatedEvent>()
  const outcomes = batch.map((event): Committed => {
    const key = JSON.stringify([event.tenantId, event.idempotencyKey])
    const first = recorded.get(key) ?? accepted.get(key)
    if (first !== undefined) return { outcome: classifyDuplicate(first, event), eventId: first.id, occurredAt: first.occurredAt }
    accepted.set(key, event)
    return { outcome: 'accepted', eventId: event.id, occurredAt: event.occurredAt }
  })
  return { outcomes, accepted }
}

function newestFirst(a: EventPosition, b: EventPosition): number {
  return Temporal.Instant.compare(b.occurredAt, a.occurredAt) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
}

function readBack({ payloadHash, occurredAtSent, ...event }: RatedEvent): UsageEvent {
  return event
}
