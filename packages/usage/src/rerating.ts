import type { Page, PageRequest, Scope } from '@tollgate/kernel'
import type { CostCorrection } from './model/cost-correction.ts'
import type { RatingChanges } from './model/rating-changes.ts'
import type { RatingRun } from './model/rating-run.ts'
import type { RatingSelectionDraft } from './model/rating-selection.ts'

/** Corrects the costs of past events after prices were corrected. For operators; the caller checks permissions. */
export interface Rerating {
  /**
   * Rates the selected events again and returns what would change, without writing anything. Stops after about
   * `maxEvents` events if given; the result then says that it is not complete. Throws `InvalidInput`.
   */
  preview(selection: RatingSelectionDraft, options?: PreviewOptions): Promise<RatingPreview>

  /**
   * Starts a run and returns at once; the work continues in the background. Throws `InvalidInput`, and
   * `RatingRunInProgress` if it overlaps a running one in tenants and time.
   */
  start(request: RatingRequest, options?: WorkOptions): Promise<RatingJob>

  /**
   * Continues a run where it stopped, and takes it over if another process is working on it. Throws `RatingRunUnknown`,
   * `RatingRunEnded` and `RatingRunInProgress`.
   */
  resume(runId: string, options?: WorkOptions): Promise<RatingJob>

  /** Cancels a run. Its corrections stay; a run with the right prices corrects them again. Throws `RatingRunUnknown` and `RatingRunEnded`. */
  cancel(runId: string): Promise<RatingRun>

  run(runId: string): Promise<RatingRun | undefined>
  /** Newest first. */
  runs(request: PageRequest): Promise<Page<RatingRun>>
  /** Returns the corrections of a run so far. */
  changes(runId: string): Promise<RatingChanges>
  /** Returns all corrections of these events within the scope, by event, oldest first. */
  corrections(scope: Scope, eventIds: readonly string[]): Promise<readonly CostCorrection[]>

  /** Interrupts the runs of this process after their current chunk; they can be resumed. Resolves when they have stopped. */
  stop(): Promise<void>
}

/** A request for a run. */
export interface RatingRequest {
  readonly selection: RatingSelectionDraft
  /** Who starts the run, for display. */
  readonly requestedBy: string
  /** 1 to 500 characters. */
  readonly reason: string
}

/** A run that this process is working on. */
export interface RatingJob {
  readonly run: RatingRun
  /** Resolves when the run is completed or interrupted; rejects if it fails or another process takes it over. Need not be awaited. */
  readonly done: Promise<RatingRun>
}

/** The result of a preview. */
export interface RatingPreview extends RatingChanges {
  readonly eventsTotal: number
  readonly eventsRead: number
  /** False if it stopped at `maxEvents`. */
  readonly complete: boolean
}

/** Options of a preview. */
export interface PreviewOptions {
  /** Defaults to all events. */
  readonly maxEvents?: number
  readonly onProgress?: (progress: RatingProgress) => void
}

/** Options of a run. */
export interface WorkOptions {
  readonly onProgress?: (progress: RatingProgress) => void
}

/** The progress of a preview or a run. `eventsRead` can exceed `eventsTotal` if events were recorded meanwhile. */
export interface RatingProgress {
  readonly eventsRead: number
  readonly eventsTotal: number
}
