import type { RateableEvent, Rating } from './event.ts'
import type { EventChange } from './rating-changes.ts'

/** A recorded event with its effective rating: that of its last correction, or else the one that was recorded. */
export interface EffectiveEvent extends RateableEvent {
  readonly effective: Rating
  /** Number of corrections so far. */
  readonly corrections: number
  /** The store's key for the sums that the event belongs to. The store gets it back in a correction. */
  readonly sumsKey: string
}

/** A change of one event, with what the store needs to write the correction. */
export interface RatingCorrection extends EventChange {
  readonly version: number
  readonly sumsKey: string
}
