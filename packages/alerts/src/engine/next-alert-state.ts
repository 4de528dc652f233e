import type { Decimal } from '@tollgate/kernel'

/** State of one subject's alert between two evaluations. */
export interface EvaluationState {
  readonly raised: boolean
  /** Consecutive evaluations that count towards a change: above the threshold while not raised, at or below the recovery level while raised. */
  readonly streak: number
}

/** The state of a subject without a raised alert or a streak. */
export const INITIAL_STATE: EvaluationState = { raised: false, streak: 0 }

/** Result of one evaluation. */
export interface AlertReading {
  /** Null when the window had no data. */
  readonly value: Decimal | null
  /** Whether there was enough data to raise an alert. */
  readonly hasEnoughData: boolean
}

/** The settings of a rule that a reading is compared with. */
export interface AlertLimits {
  readonly threshold: Decimal
  readonly recoverRatio: Decimal
  readonly raiseAfter: number
  readonly recoverAfter: number
}

/**
 * Returns the state after one more evaluation. Two levels and two streaks prevent flapping: an alert is raised after
 * `raiseAfter` consecutive values above the threshold, and recovers after `recoverAfter` consecutive values at or below
 * `threshold × recoverRatio`. A value in between ends either streak.
 *
 * Too little data never raises an alert, and does not end one either while the values stay too high. No data counts
 * towards recovery, so that the alert of a tenant without traffic ends.
 */
export function nextAlertState(
  { raised, streak }: EvaluationState,
  { value, hasEnoughData }: AlertReading,
  { threshold, recoverRatio, raiseAfter, recoverAfter }: AlertLimits,
): EvaluationState {
  const countsTowardsChange = raised ? value === null || value.lte(threshold.times(recoverRatio)) : hasEnoughData && value !== null && value.gt(threshold)
  if (!countsTowardsChange) return { raised, streak: 0 }
  const changes = streak + 1 >= (raised ? recoverAfter : raiseAfter)
  return changes ? { raised: !raised, streak: 0 } : { raised, streak: streak + 1 }
}
