import type { Temporal } from '@tollgate/kernel'
import type { ChangeTotals } from './rating-changes.ts'
import type { RatingSelection } from './rating-selection.ts'

/**
 * Where a run is: correcting; done; stopped by its server; stopped by a failure; or given up by an operator. An
 * interrupted or failed run goes on where it stopped when it is resumed. So does a running one whose process is gone.
 */
export type RatingRunState = 'running' | 'completed' | 'interrupted' | 'failed' | 'cancelled'

/** One correction of past ratings: who asked for it, why, and how far it is. */
export interface RatingRun {
  /** UUIDv7 of the time that it was started. */
  readonly id: string
  /** Who asked, as text for people: an API key, a user of the command line. */
  readonly requestedBy: string
  readonly reason: string
  readonly selection: RatingSelection
  readonly state: RatingRunState
  readonly startedAt: Temporal.Instant
  /** When it last wrote something: old for a running one, its process is gone. */
  readonly advancedAt: Temporal.Instant
  readonly finishedAt: Temporal.Instant | null
  /** What stopped it, where it failed. */
  readonly failure: string | null
  /** Events that the selection meant when the run was started. */
  readonly eventsTotal: number
  readonly eventsRead: number
  /** What has been corrected so far. */
  readonly totals: ChangeTotals
}
