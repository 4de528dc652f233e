import type { Scope, Temporal } from '@tollgate/kernel'
import type { RateableEvent, Rating } from '../event.ts'
import type { CostCorrection } from './cost-correction.ts'
import type { ChangeTotals, EventChange, RatingChanges } from './rating-changes.ts'
import type { RatingRun } from './rating-run.ts'
import type { RatingSelection } from './rating-selection.ts'

/** Keeps rating runs and their corrections, beside the events. Works as an operator, but where a scope is given. */
export interface ReratingStore {
  /** How many events are selected. */
  count(selection: RatingSelection): Promise<number>

  /**
   * The next selected events in the store's order, behind a cursor or from the start, with their effective ratings.
   * Looks at about `limit` events; there may be none selected among them. An event that is recorded behind the cursor
   * while a run goes on is not met: it was rated by the catalogue of that time already.
   */
  read(selection: RatingSelection, request: { after: string | null; limit: number }): Promise<RatingChunk>

  /** Starts a run, held by `claim`. Throws `RatingRunInProgress` where a running one overlaps in tenants and time. */
  start(run: NewRatingRun): Promise<RatingRun>

  /**
   * Takes a run over: whoever held it before can advance it no more. Throws `RatingRunUnknown`, `RatingRunEnded` where it
   * is completed or cancelled, and `RatingRunInProgress` where another, running one overlaps.
   */
  claim(request: { runId: string; claim: string; at: Temporal.Instant }): Promise<ClaimedRun>

  /**
   * Writes corrections, their sums and the new cursor, all or nothing. A step without a next cursor completes the run.
   * Throws `RatingRunLost` where the claim does not hold it (any more), having written nothing.
   */
  advance(step: RatingStep): Promise<RatingRun>

  /** Says why a run does not go on. Throws `RatingRunLost` where the claim does not hold it. */
  suspend(request: { runId: string; claim: string; at: Temporal.Instant; state: 'interrupted' | 'failed'; failure: string | null }): Promise<RatingRun>

  /** Gives a run up; what it corrected stands. Throws `RatingRunUnknown` and `RatingRunEnded`. */
  cancel(request: { runId: string; at: Temporal.Instant }): Promise<RatingRun>

  run(runId: string): Promise<RatingRun | undefined>
  /** Newest first, behind a run. */
  runs(request: { first: number; after?: string }): Promise<{ runs: readonly RatingRun[]; hasMore: boolean }>
  /** What a run has corrected so far. */
  changes(runId: string): Promise<RatingChanges>

  /** Every correction of these events that the scope sees, by event, oldest first. */
  corrections(scope: Scope, eventIds: readonly string[]): Promise<readonly CostCorrection[]>
}

/** A recorded event with what it is taken to cost now: by its last correction, or as it was recorded. */
export interface EffectiveEvent extends RateableEvent {
  readonly effective: Rating
  /** How often it was corrected. */
  readonly corrections: number
  /** The store's own name for the event's place in its sums; handed back with a change. */
  readonly place: string
}

/** Selected events, and where to go on. */
export interface RatingChunk {
  readonly events: readonly EffectiveEvent[]
  /** Opaque. Null at the end. */
  readonly next: string | null
}

/** A run to be started. */
export interface NewRatingRun extends Pick<RatingRun, 'id' | 'requestedBy' | 'reason' | 'selection' | 'startedAt' | 'eventsTotal'> {
  /** A UUID that only the process knows that works on the run. */
  readonly claim: string
}

/** A run, and where it goes on. */
export interface ClaimedRun {
  readonly run: RatingRun
  readonly cursor: string | null
}

/** An event that changes, with what the store needs to write its correction. */
export interface PlacedChange extends EventChange {
  readonly version: number
  readonly place: string
}

/** What one chunk of a run comes to. */
export interface RatingStep {
  readonly runId: string
  readonly claim: string
  readonly at: Temporal.Instant
  /** Null where the run is complete. */
  readonly next: string | null
  readonly eventsRead: number
  readonly changes: readonly PlacedChange[]
  readonly totals: ChangeTotals
}
