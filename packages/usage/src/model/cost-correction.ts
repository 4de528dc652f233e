import type { Temporal } from '@tollgate/kernel'
import type { EventChange } from './rating-changes.ts'

/**
 * A correction of the cost of one event. The event itself is not changed; its effective rating is `to` of its last
 * correction. A correction counts at the time of the event, not at the time when it was made.
 */
export interface CostCorrection extends EventChange {
  readonly runId: string
  /** 1 for the first correction of the event, 2 for the second, and so on. */
  readonly version: number
  readonly correctedAt: Temporal.Instant
}
