import { OPERATOR_SCOPE, type Period, Temporal, tenantScope, toPage } from '@tollgate/kernel'
import { createChangeTally } from '../engine/change-tally.ts'
import type { EffectiveEvent } from '../model/effective-event.ts'
import type { UsageEvent } from '../model/event.ts'
import { addChanges, NO_CHANGES } from '../model/rating-changes.ts'
import { RatingRunEnded, RatingRunInProgress, RatingRunLost, RatingRunUnknown } from '../model/rating-run-errors.ts'
import type { RatingRun } from '../model/rating-run.ts'
import type { RatingSelection } from '../model/rating-selection.ts'
import type { UsageFilter } from '../model/usage-filter.ts'
import type { ReratingStore } from '../rerating-store.ts'
import type { UsageStore } from '../usage-store.ts'
import { effectiveRating, type MemoryCorrections } from './corrections.ts'

interface StoredRun {
  run: RatingRun
  claim: string
  cursor: string | null
}

/** Stores runs in memory, for tests and first steps. `usage` must share `corrections`. */
export function memoryReratingStore({ usage, corrections }: { usage: UsageStore; corrections: MemoryCorrections }): ReratingStore {
  const runs = new Map<string, StoredRun>()

  async function selected(selection: RatingSelection): Promise<UsageEvent[]> {
    const { range, tenantId, provider, model, unpricedOnly } = selection
    const filter: UsageFilter = { ...(provider !== null && { providers: [provider] }), ...(model !== null && { models: [model] }) }
    const scope = tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId)
    const { items: events } = await usage.events(scope, { range, filter, first: Number.MAX_SAFE_INTEGER })
    return events.filter(event => !unpricedOnly || effectiveRating(event, corrections).state === 'unpriced').sort(bySortKey)
  }

  function requireClaimed(runId: string, claim: string): StoredRun {
    const stored = runs.get(runId)
    if (stored === undefined || stored.claim !== claim || stored.run.state !== 'running') throw new RatingRunLost(runId)
    return stored
  }

  function requireUnfinished(runId: string): StoredRun {
    const stored = runs.get(runId)
    if (stored === undefined) throw new RatingRunUnknown(runId)
    if (stored.run.state === 'completed' || stored.run.state === 'cancelled') throw new RatingRunEnded(runId, stored.run.state)
    return stored
  }

  function rejectOverlap({ id, selection }: Pick<RatingRun, 'id' | 'selection'>): void {
    const other = [...runs.values()].find(({ run }) => run.id !== id && run.state === 'running' && overlaps(run.selection, selection))
    if (other !== undefined) throw new RatingRunInProgress(other.run.id)
  }

  return {
    async count(selection) {
      return (await selected(selection)).length
    },

    async read(selection, { after, limit }) {
      const rest = (await selected(selection)).filter(event => after === null || sortKey(event) > after)
      const events = rest.slice(0, limit)
      const last = events.at(-1)
      return { events: events.map(event => toEffective(event, corrections)), next: last === undefined || rest.length <= limit ? null : sortKey(last) }
    },

    async start({ claim, ...fields }) {
      rejectOverlap(fields)
      const run: RatingRun = { ...fields, state: 'running', advancedAt: fields.startedAt, finishedAt: null, failure: null, eventsRead: 0, totals: NO_CHANGES }
      runs.set(run.id, { run, claim, cursor: null })
      return run
    },

    async claim({ runId, claim, at }) {
      const stored = requireUnfinished(runId)
      rejectOverlap(stored.run)
      stored.run = { ...stored.run, state: 'running', advancedAt: at, finishedAt: null, failure: null }
      stored.claim = claim
      return { run: stored.run, cursor: stored.cursor }
    },

    async advance({ runId, claim, at, next, eventsRead, changes, totals, hook }) {
      const stored = requireClaimed(runId, claim)
      await hook?.({ scope: OPERATOR_SCOPE })
      for (const { sumsKey, ...change } of changes) corrections.add({ ...change, runId, correctedAt: at })
      const ended = next === null ? ({ state: 'completed', finishedAt: at } as const) : {}
      stored.run = { ...stored.run, ...ended, advancedAt: at, eventsRead: stored.run.eventsRead + eventsRead, totals: addChanges(stored.run.totals, totals) }
      stored.cursor = next ?? stored.cursor
      return stored.run
    },

    async suspend({ runId, claim, at, state, failure }) {
      const stored = requireClaimed(runId, claim)
      stored.run = { ...stored.run, state, failure, advancedAt: at, finishedAt: at }
      return stored.run
    },

    async cancel({ runId, at }) {
      const stored = requireUnfinished(runId)
      stored.run = { ...stored.run, state: 'cancelled', advancedAt: at, finishedAt: at }
      return stored.run
    },

    async run(runId) {
      return runs.get(runId)?.run
    },

    async runs({ first, after }) {
      const found = [...runs.values()]
        .map(({ run }) => run)
        .filter(({ id }) => after === undefined || id < after)
        .sort((a, b) => (a.id < b.id ? 1 : -1))
      return toPage(found, first)
    },

    async changes(runId) {
      const tally = createChangeTally()
      tally.add(corrections.all().filter(correction => correction.runId === runId))
      return tally.changes()
    },

    async corrections(scope, eventIds) {
      const visible = await usage.eventsById(scope, eventIds)
      const ids = new Set(visible.map(({ id }) => id))
      return [...ids].toSorted().flatMap(id => corrections.of(id))
    },
  }
}

/** Returns a text that sorts like the events: by tenant, then time, then id. */
function sortKey({ tenantId, occurredAt, id }: UsageEvent): string {
  return `${tenantId}\0${String(occurredAt.epochNanoseconds).padStart(24, '0')}\0${id}`
}

function bySortKey(a: UsageEvent, b: UsageEvent): number {
  return sortKey(a) < sortKey(b) ? -1 : 1
}

function toEffective(event: UsageEvent, corrections: MemoryCorrections): EffectiveEvent {
  return { ...event, effective: effectiveRating(event, corrections), corrections: corrections.of(event.id).length, sumsKey: '' }
}

function overlaps(a: RatingSelection, b: RatingSelection): boolean {
  return (a.tenantId === null || b.tenantId === null || a.tenantId === b.tenantId) && periodsOverlap(a.range, b.range)
}

function periodsOverlap(a: Period, b: Period): boolean {
  return Temporal.Instant.compare(a.from, b.to) < 0 && Temporal.Instant.compare(b.from, a.to) < 0
}
