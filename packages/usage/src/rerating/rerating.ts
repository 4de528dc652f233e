import type { Scope } from '@tollgate/kernel'
import type { CostCorrection } from './cost-correction.ts'
import type { RatingChanges } from './rating-changes.ts'
import type { RatingRun } from './rating-run.ts'
import type { RatingSelectionDraft } from './rating-selection.ts'

/** Corrects what past events cost, after prices were corrected. For operators: who may ask is checked by the caller. */
export interface Rerating {
  /**
   * The dry run: rates the selected events again, and answers what would change. Writes nothing. Throws `InvalidInput`.
   * Stops after about `maxEvents` events, where that is given; the answer says that it is not complete.
   */
  preview(selection: RatingSelectionDraft, options?: PreviewOptions): Promise<RatingPreview>

  /**
   * Starts a run and answers at once, with the work going on behind it. Throws `InvalidInput`, and `RatingRunInProgress`
   * where a running one overlaps in tenants and time.
   */
  start(request: RatingRequest, options?: WorkOptions): Promise<RatingJob>

  /**
   * Goes on with a run where it stopped; takes it over where another process works on it. Throws `RatingRunUnknown`,
   * `RatingRunEnded` and `RatingRunInProgress`.
   */
  resume(runId: string, options?: WorkOptions): Promise<RatingJob>

  /** Gives a run up. What it corrected stands: run it again with the right prices. Throws `RatingRunUnknown` and `RatingRunEnded`. */
  cancel(runId: string): Promise<RatingRun>

  run(runId: string): Promise<RatingRun | undefined>
  /** Newest first. */
  runs(request: { first: number; after?: string }): Promise<{ runs: readonly RatingRun[]; hasMore: boolean }>
  /** What a run has corrected so far. */
  changes(runId: string): Promise<RatingChanges>
  /** Every correction of these events that the scope sees, by event, oldest first. */
  corrections(scope: Scope, eventIds: readonly string[]): Promise<readonly CostCorrection[]>

  /** Interrupts what works in this process, after the chunk in hand; it can be resumed. Resolves when it has stopped. */
  stop(): Promise<void>
}

/** Whose wish a run is, and what it is about. */
export interface RatingRequest {
  readonly selection: RatingSelectionDraft
  readonly requestedBy: string
  /** From 1 to 500 characters. */
  readonly reason: string
}

/** A run that is being worked on in this process. */
export interface RatingJob {
  readonly run: RatingRun
  /** Resolves when the run is completed or interrupted; rejects where it fails, or is lost to another process. May be left alone. */
  readonly done: Promise<RatingRun>
}

/** What a dry run found. */
export interface RatingPreview extends RatingChanges {
  readonly eventsTotal: number
  readonly eventsRead: number
  /** False where it stopped at `maxEvents`. */
  readonly complete: boolean
}

/** How far a dry run may go, and who is told. */
export interface PreviewOptions {
  readonly maxEvents?: number
  readonly onProgress?: (progress: RatingProgress) => void
}

/** Who is told how far the work is. */
export interface WorkOptions {
  readonly onProgress?: (progress: RatingProgress) => void
}

/** How far it is. More events than the total are read where some were recorded meanwhile. */
export interface RatingProgress {
  readonly eventsRead: number
  readonly eventsTotal: number
}
