import type { Temporal } from '@tollgate/kernel'
import type { EventChange } from './rating-changes.ts'

/**
 * A correction of what one event cost. The event itself stays as it was recorded; its effective rating is `to` of its
 * last correction. A correction belongs to the event's own time, not to the day on which it was made.
 */
export interface CostCorrection extends EventChange {
  readonly runId: string
  /** 1 for the event's first correction, counting up. */
  readonly version: number
  readonly correctedAt: Temporal.Instant
}
