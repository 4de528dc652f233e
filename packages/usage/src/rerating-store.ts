import type { Page, PageRequest, Scope, Temporal, Transaction } from '@tollgate/kernel'
import type { CostCorrection } from './model/cost-correction.ts'
import type { EffectiveEvent, RatingCorrection } from './model/effective-event.ts'
import type { ChangeTotals, RatingChanges } from './model/rating-changes.ts'
import type { RatingRun } from './model/rating-run.ts'
import type { RatingSelection } from './model/rating-selection.ts'

/** Stores rating runs and their corrections, beside the events. Sees all tenants, except where a scope is given. */
export interface ReratingStore {
  /** Returns the number of selected events. */
  count(selection: RatingSelection): Promise<number>

  /**
   * Returns the next selected events in the store's order, after a cursor or from the start, with their effective
   * ratings. Reads about `limit` events, of which none may be selected. Misses an event that is recorded before the
   * cursor while the run is active: it was rated with the prices of that time.
   */
  read(selection: RatingSelection, request: { after: string | null; limit: number }): Promise<RatingChunk>

  /** Starts a run that `claim` holds. Throws `RatingRunInProgress` if it overlaps a running one in tenants and time. */
  start(run: NewRatingRun): Promise<RatingRun>

  /**
   * Takes over a run: its previous holder cannot advance it any more. Throws `RatingRunUnknown`, `RatingRunEnded` if it is
   * completed or cancelled, and `RatingRunInProgress` if it overlaps another running one.
   */
  claim(request: { runId: string; claim: string; at: Temporal.Instant }): Promise<ClaimedRun>

  /**
   * Writes corrections, their sums and the new cursor, all or nothing. A step without a next cursor completes the run.
   * Throws `RatingRunLost`, and writes nothing, if the claim does not hold the run.
   */
  advance(step: RatingStep): Promise<RatingRun>

  /** Records why a run stopped. Throws `RatingRunLost` if the claim does not hold the run. */
  suspend(request: { runId: string; claim: string; at: Temporal.Instant; state: 'interrupted' | 'failed'; failure: string | null }): Promise<RatingRun>

  /** Cancels a run; its corrections stay. Throws `RatingRunUnknown` and `RatingRunEnded`. */
  cancel(request: { runId: string; at: Temporal.Instant }): Promise<RatingRun>

  run(runId: string): Promise<RatingRun | undefined>
  /** Newest first. */
  runs(request: PageRequest): Promise<Page<RatingRun>>
  /** Returns the corrections of a run so far. */
  changes(runId: string): Promise<RatingChanges>

  /** Returns all corrections of these events within the scope, by event, oldest first. */
  corrections(scope: Scope, eventIds: readonly string[]): Promise<readonly CostCorrection[]>
}

/** Selected events, and the cursor of the next chunk. */
export interface RatingChunk {
  readonly events: readonly EffectiveEvent[]
  /** Opaque. Null at the end. */
  readonly next: string | null
}

/** A run to start. */
export interface NewRatingRun extends Pick<RatingRun, 'id' | 'requestedBy' | 'reason' | 'selection' | 'startedAt' | 'eventsTotal'> {
  /** A UUID that only the process knows that works on the run. */
  readonly claim: string
}

/** A run and its cursor. */
export interface ClaimedRun {
  readonly run: RatingRun
  readonly cursor: string | null
}

/** The result of one chunk of a run. */
export interface RatingStep {
  readonly runId: string
  readonly claim: string
  readonly at: Temporal.Instant
  /** Null if the run is complete. */
  readonly next: string | null
  readonly eventsRead: number
  readonly changes: readonly RatingCorrection[]
  readonly totals: ChangeTotals
  /** Work that must happen in the transaction that writes the corrections. If it rejects, nothing is written. */
  readonly hook?: ((transaction: Transaction) => Promise<void>) | undefined
}
