import { checkShape, inputShape } from '@tollgate/kernel/input'
import { checkPageSize, type Clock, type IdSource, InvalidInput, toMicrosecond, type Transaction } from '@tollgate/kernel'
import { createChangeTally } from './engine/change-tally.ts'
import { checkRatings } from './engine/check-ratings.ts'
import { checkRatingSelection } from './engine/check-rating-selection.ts'
import { PAGE_SIZES } from './engine/check-report.ts'
import { findRatingChanges } from './engine/find-rating-changes.ts'
import type { EffectiveEvent, RatingCorrection } from './model/effective-event.ts'
import type { RateableEvent, Rating } from './model/event.ts'
import { totalChanges } from './model/rating-changes.ts'
import { RatingRunLost } from './model/rating-run-errors.ts'
import type { RatingRun } from './model/rating-run.ts'
import type { RatingSelectionDraft } from './model/rating-selection.ts'
import type { Rater } from './rater.ts'
import type { ClaimedRun, ReratingStore } from './rerating-store.ts'
import type { PreviewOptions, RatingJob, RatingPreview, RatingRequest, Rerating, WorkOptions } from './rerating.ts'

/** What re-rating needs. */
export interface ReratingDependencies {
  readonly store: ReratingStore
  /** The rater of new events, so that both give the same costs. */
  readonly rater: Rater
  readonly clock: Clock
  readonly ids: IdSource
  /** Work that must happen in the transactions that write corrections, such as correcting debits. Called if there are any, once per chunk. */
  readonly correctionHooks?: readonly CorrectionHook[]
  /** Number of events per chunk: one read, one rating, one transaction. Defaults to 5,000. */
  readonly chunkEvents?: number
  /** Called when a run fails. The state of the run says so too, unless the store is unavailable. */
  readonly onFailure?: (error: unknown, runId: string) => void
}

/** Work that must happen in the transaction that writes corrections. If it rejects, nothing of the chunk is written. */
export type CorrectionHook = (transaction: Transaction, corrected: readonly CorrectedEvent[]) => Promise<void>

/** An event, and the rating that a correction gave it. */
export interface CorrectedEvent {
  readonly event: RateableEvent
  readonly rating: Rating
}

const MAX_REASON = 500
const MAX_FAILURE = 500

const OPTIONS = inputShape<ReratingDependencies>({
  store: 'object',
  rater: 'object',
  clock: 'object',
  ids: 'object',
  correctionHooks: 'list?',
  chunkEvents: 'integer?',
  onFailure: 'function?',
})

/** Creates re-rating. Create one per process and store. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createRerating(dependencies: ReratingDependencies): Rerating {
  checkShape(OPTIONS, dependencies)
  const { store, rater, clock, ids } = dependencies
  const correctionHooks = dependencies.correctionHooks ?? []
  const chunkEvents = dependencies.chunkEvents ?? 5_000
  const onFailure = dependencies.onFailure ?? (() => {})
  const now = () => toMicrosecond(clock.now())
  const newId = () => ids.uuidV7(clock.now().epochMilliseconds)
  const working = new Set<Promise<unknown>>()
  let stopping = false

  async function preview(draft: RatingSelectionDraft, { maxEvents = Infinity, onProgress }: PreviewOptions): Promise<RatingPreview> {
    const selection = checkRatingSelection(draft)
    const eventsTotal = await store.count(selection)
    const tally = createChangeTally()
    let eventsRead = 0
    let after: string | null = null
    do {
      const { events, next } = await store.read(selection, { after, limit: chunkEvents })
      tally.add(await rateAgain(events))
      eventsRead += events.length
      after = next
      onProgress?.({ eventsRead, eventsTotal })
    } while (after !== null && eventsRead < maxEvents)
    return { ...tally.changes(), eventsTotal, eventsRead, complete: after === null }
  }

  async function rateAgain(events: readonly EffectiveEvent[]): Promise<RatingCorrection[]> {
    return events.length === 0 ? [] : findRatingChanges(events, checkRatings(await rater.rate(events), events.length))
  }

  function hookOf(events: readonly EffectiveEvent[], changes: readonly RatingCorrection[]) {
    if (correctionHooks.length === 0 || changes.length === 0) return undefined
    const ratings = new Map(changes.map(({ eventId, to }) => [eventId, to]))
    const corrected = events.flatMap((event): CorrectedEvent[] => {
      const rating = ratings.get(event.id)
      return rating === undefined ? [] : [{ event, rating }]
    })
    return async (transaction: Transaction) => {
      for (const hook of correctionHooks) await hook(transaction, corrected)
    }
  }

  async function work(claimed: ClaimedRun, claim: string, { onProgress }: WorkOptions): Promise<RatingRun> {
    const { selection, id: runId } = claimed.run
    let cursor = claimed.cursor
    for (;;) {
      if (stopping) return store.suspend({ runId, claim, at: now(), state: 'interrupted', failure: null })
      const { events, next } = await store.read(selection, { after: cursor, limit: chunkEvents })
      const changes = await rateAgain(events)
      const hook = hookOf(events, changes)
      const run = await store.advance({ runId, claim, at: now(), next, eventsRead: events.length, changes, totals: totalChanges(changes), hook })
      onProgress?.(run)
      if (next === null) return run
      cursor = next
    }
  }

  /** A lost run belongs to another process, which reports on it. If the store failed, the run stays "running", and can be resumed. */
  async function fail({ error, runId, claim }: { error: unknown; runId: string; claim: string }): Promise<never> {
    if (error instanceof RatingRunLost) throw error
    const failure = (error instanceof Error ? error.message : String(error)).slice(0, MAX_FAILURE)
    await store.suspend({ runId, claim, at: now(), state: 'failed', failure }).catch(() => {})
    throw error
  }

  function startJob(claimed: ClaimedRun, claim: string, options: WorkOptions): RatingJob {
    const { run } = claimed
    const done = work(claimed, claim, options).catch((error: unknown) => fail({ error, runId: run.id, claim }))
    const settled = done.then(
      () => {},
      (error: unknown) => {
        if (!(error instanceof RatingRunLost)) onFailure(error, run.id)
      },
    )
    working.add(settled)
    void settled.then(() => working.delete(settled))
    return { run, done }
  }

  return {
    preview: (selection, options = {}) => preview(selection, options),

    async start({ selection: draft, requestedBy, reason }: RatingRequest, options = {}) {
      const selection = checkRatingSelection(draft)
      const run = { id: newId(), requestedBy, reason: checkReason(reason), selection, startedAt: now(), eventsTotal: await store.count(selection) }
      const claim = newId()
      return startJob({ run: await store.start({ ...run, claim }), cursor: null }, claim, options)
    },

    async resume(runId, options = {}) {
      const claim = newId()
      return startJob(await store.claim({ runId, claim, at: now() }), claim, options)
    },

    cancel: runId => store.cancel({ runId, at: now() }),
    run: runId => store.run(runId),
    async runs(request) {
      return store.runs({ ...request, first: checkPageSize(request.first, PAGE_SIZES) })
    },
    changes: runId => store.changes(runId),
    corrections: (scope, eventIds) => store.corrections(scope, eventIds),

    async stop() {
      stopping = true
      await Promise.all(working)
    },
  }
}

function checkReason(reason: string): string {
  const text = reason.trim()
  if (text.length >= 1 && text.length <= MAX_REASON && !text.includes('\0')) return text
  throw new InvalidInput([{ path: 'reason', message: `must be 1 to ${MAX_REASON} characters` }])
}
