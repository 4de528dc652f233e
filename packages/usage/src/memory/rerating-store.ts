import { OPERATOR_SCOPE, scopeIncludes, Temporal, tenantScope, type Period } from '@tollgate/kernel'
import type { UsageEvent } from '../event.ts'
import { RatingRunEnded, RatingRunInProgress, RatingRunLost, RatingRunUnknown } from '../rerating/errors.ts'
import { addChanges, changeTally, NO_CHANGES } from '../rerating/rating-changes.ts'
import type { RatingRun } from '../rerating/rating-run.ts'
import type { RatingSelection } from '../rerating/rating-selection.ts'
import type { EffectiveEvent, ReratingStore } from '../rerating/rerating-store.ts'
import type { UsageFilter, UsageStore } from '../usage-store.ts'
import { effectiveRating, type MemoryCorrections } from './corrections.ts'

interface KeptRun {
  run: RatingRun
  claim: string
  cursor: string | null
}

/** Keeps runs in this process, over the events of a store that shares its corrections: for tests and for trying out. */
export function memoryReratingStore({ usage, corrections }: { usage: UsageStore; corrections: MemoryCorrections }): ReratingStore {
  const runs = new Map<string, KeptRun>()

  async function selected(selection: RatingSelection): Promise<UsageEvent[]> {
    const { range, tenantId, provider, model, unpricedOnly } = selection
    const filter: UsageFilter = { ...(provider !== null && { providers: [provider] }), ...(model !== null && { models: [model] }) }
    const scope = tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId)
    const { events } = await usage.events(scope, { range, filter, first: Number.MAX_SAFE_INTEGER })
    return events.filter(event => !unpricedOnly || effectiveRating(event, corrections).state === 'unpriced').sort(byPlace)
  }

  function held(runId: string, claim: string): KeptRun {
    const kept = runs.get(runId)
    if (kept === undefined || kept.claim !== claim || kept.run.state !== 'running') throw new RatingRunLost(runId)
    return kept
  }

  function unfinished(runId: string): KeptRun {
    const kept = runs.get(runId)
    if (kept === undefined) throw new RatingRunUnknown(runId)
    if (kept.run.state === 'completed' || kept.run.state === 'cancelled') throw new RatingRunEnded(runId, kept.run.state)
    return kept
  }

  function requireFreeWay({ id, selection }: Pick<RatingRun, 'id' | 'selection'>): void {
    const other = [...runs.values()].find(({ run }) => run.id !== id && run.state === 'running' && overlaps(run.selection, selection))
    if (other !== undefined) throw new RatingRunInProgress(other.run.id)
  }

  return {
    async count(selection) {
      return (await selected(selection)).length
    },

    async read(selection, { after, limit }) {
      const rest = (await selected(selection)).filter(event => after === null || placeOf(event) > after)
      const events = rest.slice(0, limit)
      const last = events.at(-1)
      return { events: events.map(event => toEffective(event, corrections)), next: last === undefined || rest.length <= limit ? null : placeOf(last) }
    },

    async start({ claim, ...fields }) {
      requireFreeWay(fields)
      const run: RatingRun = { ...fields, state: 'running', advancedAt: fields.startedAt, finishedAt: null, failure: null, eventsRead: 0, totals: NO_CHANGES }
      runs.set(run.id, { run, claim, cursor: null })
      return run
    },

    async claim({ runId, claim, at }) {
      const kept = unfinished(runId)
      requireFreeWay(kept.run)
      kept.run = { ...kept.run, state: 'running', advancedAt: at, finishedAt: null, failure: null }
      kept.claim = claim
      return { run: kept.run, cursor: kept.cursor }
    },

    async advance({ runId, claim, at, next, eventsRead, changes, totals }) {
      const kept = held(runId, claim)
      for (const { place, ...change } of changes) corrections.add({ ...change, runId, correctedAt: at })
      const ended = next === null ? ({ state: 'completed', finishedAt: at } as const) : {}
      kept.run = { ...kept.run, ...ended, advancedAt: at, eventsRead: kept.run.eventsRead + eventsRead, totals: addChanges(kept.run.totals, totals) }
      kept.cursor = next ?? kept.cursor
      return kept.run
    },

    async suspend({ runId, claim, at, state, failure }) {
      const kept = held(runId, claim)
      kept.run = { ...kept.run, state, failure, advancedAt: at, finishedAt: at }
      return kept.run
    },

    async cancel({ runId, at }) {
      const kept = unfinished(runId)
      kept.run = { ...kept.run, state: 'cancelled', advancedAt: at, finishedAt: at }
      return kept.run
    },

    async run(runId) {
      return runs.get(runId)?.run
    },

    async runs({ first, after }) {
      const found = [...runs.values()]
        .map(({ run }) => run)
        .filter(({ id }) => after === undefined || id < after)
        .sort((a, b) => (a.id < b.id ? 1 : -1))
      return { runs: found.slice(0, first), hasMore: found.length > first }
    },

    async changes(runId) {
      const tally = changeTally()
      tally.add(corrections.all().filter(correction => correction.runId === runId))
      return tally.changes()
    },

    async corrections(scope, eventIds) {
      return [...new Set(eventIds)].toSorted().flatMap(id => corrections.of(id).filter(({ tenantId }) => scopeIncludes(scope, tenantId)))
    },
  }
}

/** Sorts as text as the events do in their order: by tenant, then time, then id. */
function placeOf({ tenantId, occurredAt, id }: UsageEvent): string {
  return `${tenantId}\0${String(occurredAt.epochNanoseconds).padStart(24, '0')}\0${id}`
}

function byPlace(a: UsageEvent, b: UsageEvent): number {
  return placeOf(a) < placeOf(b) ? -1 : 1
}

function toEffective(event: UsageEvent, corrections: MemoryCorrections): EffectiveEvent {
  return { ...event, effective: effectiveRating(event, corrections), corrections: corrections.of(event.id).length, place: '' }
}

function overlaps(a: RatingSelection, b: RatingSelection): boolean {
  return (a.tenantId === null || b.tenantId === null || a.tenantId === b.tenantId) && periodsOverlap(a.range, b.range)
}

function periodsOverlap(a: Period, b: Period): boolean {
  return Temporal.Instant.compare(a.from, b.to) < 0 && Temporal.Instant.compare(b.from, a.to) < 0
}
