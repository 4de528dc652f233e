import type { Decimal } from '@tollgate/kernel'

/** Where an alert stands between two evaluations. */
export interface AlertStanding {
  readonly raised: boolean
  /** Evaluations in a row that speak for a change: above the threshold while it is not raised, calm while it is. */
  readonly streak: number
}

/** Nothing is wrong, and nothing was. */
export const CALM: AlertStanding = { raised: false, streak: 0 }

/** What one evaluation found. */
export interface AlertReading {
  /** Null: there was nothing to look at. */
  readonly value: Decimal | null
  /** Whether it stands on enough to raise an alert. */
  readonly enough: boolean
}

/** What a reading is held against. */
export interface AlertLimits {
  readonly threshold: Decimal
  readonly recoverRatio: Decimal
  readonly raiseAfter: number
  readonly recoverAfter: number
}

/**
 * One step of an alert. Two bounds keep it from flapping: it is raised above the threshold, and recovers at or below a
 * part of it, each only after several evaluations in a row. What is between the two breaks either row.
 *
 * Few calls raise nothing, but do not end an alert either: as long as those that are left are too bad, it stays.
 * Nothing at all counts as calm, so that the alert of a tenant that is gone does not stay for ever.
 */
export function nextAlertState(
  { raised, streak }: AlertStanding,
  { value, enough }: AlertReading,
  { threshold, recoverRatio, raiseAfter, recoverAfter }: AlertLimits,
): AlertStanding {
  const speaksForChange = raised ? value === null || value.lte(threshold.times(recoverRatio)) : enough && value !== null && value.gt(threshold)
  if (!speaksForChange) return { raised, streak: 0 }
  const changes = streak + 1 >= (raised ? recoverAfter : raiseAfter)
  return changes ? { raised: !raised, streak: 0 } : { raised, streak: streak + 1 }
}
