import { type Clock, type IdSource, InvalidInput, toMicrosecond } from '@tollgate/kernel'
import type { Rater } from '../rater.ts'
import { checkFirst } from '../report-input.ts'
import { RatingRunLost } from './errors.ts'
import { changeTally, totalChanges } from './rating-changes.ts'
import type { RatingRun } from './rating-run.ts'
import { ratingSelection, type RatingSelectionDraft } from './rating-selection.ts'
import { rateAgain } from './rate-again.ts'
import type { PreviewOptions, RatingJob, RatingPreview, RatingRequest, Rerating, WorkOptions } from './rerating.ts'
import type { ClaimedRun, ReratingStore } from './rerating-store.ts'

/** What re-rating is made of. */
export interface ReratingDependencies {
  readonly store: ReratingStore
  /** The one that rates events as they come in, so that both come to the same. */
  readonly rater: Rater
  readonly clock: Clock
  readonly ids: IdSource
  /** Events that a chunk looks at: one read, one rating, one transaction. */
  readonly chunkEvents?: number
  /** Told when a run stops by a failure. It is in the run's state as well, where the store could still be reached. */
  readonly onFailure?: (error: unknown, runId: string) => void
}

const MAX_REASON = 500
const MAX_FAILURE = 500

/** Makes re-rating; one for each process and store. */
export function createRerating({ store, rater, clock, ids, chunkEvents = 5_000, onFailure = () => {} }: ReratingDependencies): Rerating {
  const now = () => toMicrosecond(clock.now())
  const newId = () => ids.uuidV7(clock.now().epochMilliseconds)
  const working = new Set<Promise<unknown>>()
  let stopping = false

  async function preview(draft: RatingSelectionDraft, { maxEvents = Infinity, onProgress }: PreviewOptions): Promise<RatingPreview> {
    const selection = ratingSelection(draft)
    const eventsTotal = await store.count(selection)
    const tally = changeTally()
    let eventsRead = 0
    let after: string | null = null
    do {
      const { events, next } = await store.read(selection, { after, limit: chunkEvents })
      tally.add(await rateAgain(events, rater))
      eventsRead += events.length
      after = next
      onProgress?.({ eventsRead, eventsTotal })
    } while (after !== null && eventsRead < maxEvents)
    return { ...tally.changes(), eventsTotal, eventsRead, complete: after === null }
  }

  async function work(claimed: ClaimedRun, claim: string, { onProgress }: WorkOptions): Promise<RatingRun> {
    const { selection, id: runId } = claimed.run
    let cursor = claimed.cursor
    for (;;) {
      if (stopping) return store.suspend({ runId, claim, at: now(), state: 'interrupted', failure: null })
      const { events, next } = await store.read(selection, { after: cursor, limit: chunkEvents })
      const changes = await rateAgain(events, rater)
      const run = await store.advance({ runId, claim, at: now(), next, eventsRead: events.length, changes, totals: totalChanges(changes) })
      onProgress?.(run)
      if (next === null) return run
      cursor = next
    }
  }

  /** A run that was lost is another's: nothing is to be said of it. The store may be what failed; then it is resumed from "running". */
  async function fail({ error, runId, claim }: { error: unknown; runId: string; claim: string }): Promise<never> {
    if (error instanceof RatingRunLost) throw error
    const failure = (error instanceof Error ? error.message : String(error)).slice(0, MAX_FAILURE)
    await store.suspend({ runId, claim, at: now(), state: 'failed', failure }).catch(() => {})
    throw error
  }

  function workBehind(claimed: ClaimedRun, claim: string, options: WorkOptions): RatingJob {
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
      const selection = ratingSelection(draft)
      const run = { id: newId(), requestedBy, reason: checkReason(reason), selection, startedAt: now(), eventsTotal: await store.count(selection) }
      const claim = newId()
      return workBehind({ run: await store.start({ ...run, claim }), cursor: null }, claim, options)
    },

    async resume(runId, options = {}) {
      const claim = newId()
      return workBehind(await store.claim({ runId, claim, at: now() }), claim, options)
    },

    cancel: runId => store.cancel({ runId, at: now() }),
    run: runId => store.run(runId),
    async runs(request) {
      return store.runs({ ...request, first: checkFirst(request.first) })
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
  throw new InvalidInput([{ path: 'reason', message: `must say why, in 1 to ${MAX_REASON} characters` }])
}
