import type { Temporal } from '@tollgate/kernel'
import type { ChangeTotals } from './rating-changes.ts'
import type { RatingSelection } from './rating-selection.ts'

/**
 * The state of a run.
 * - `running`: a process is working on it. If the process is gone, the run can be resumed.
 * - `completed`: every selected event was rated again.
 * - `interrupted`: its server was shut down. It can be resumed.
 * - `failed`: an error stopped it. It can be resumed.
 * - `cancelled`: an operator cancelled it.
 */
export type RatingRunState = 'running' | 'completed' | 'interrupted' | 'failed' | 'cancelled'

/** A re-rating run: who started it, why, and its progress. */
export interface RatingRun {
  /** UUIDv7 of the start time. */
  readonly id: string
  /** Who started it, for display: an API key or a user of the command line. */
  readonly requestedBy: string
  readonly reason: string
  readonly selection: RatingSelection
  readonly state: RatingRunState
  readonly startedAt: Temporal.Instant
  /** When it last made progress. If that is long ago and it is running, its process is gone. */
  readonly advancedAt: Temporal.Instant
  readonly finishedAt: Temporal.Instant | null
  /** The error that stopped it, if it failed. */
  readonly failure: string | null
  /** Number of selected events when the run started. */
  readonly eventsTotal: number
  readonly eventsRead: number
  /** Corrections so far. */
  readonly totals: ChangeTotals
}
