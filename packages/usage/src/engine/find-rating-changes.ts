import type { EffectiveEvent, RatingCorrection } from '../model/effective-event.ts'
import type { Rating } from '../model/event.ts'

/** Compares events with their new ratings, in the same order, and returns a correction for each whose state, cost or reason differs. */
export function findRatingChanges(events: readonly EffectiveEvent[], ratings: readonly Rating[]): RatingCorrection[] {
  return events.flatMap((event, i) => {
    const to = ratings[i]
    if (to === undefined || isSameRating(event.effective, to)) return []
    const { id: eventId, tenantId, occurredAt, effective: from, corrections, sumsKey } = event
    return [{ eventId, tenantId, occurredAt, from, to, version: corrections + 1, sumsKey }]
  })
}

/** The price id may differ: importing a price list again gives every price a new id. That alone is not a correction. */
function isSameRating(a: Rating, b: Rating): boolean {
  if (a.state !== b.state || a.unpricedReason !== b.unpricedReason) return false
  return a.cost === null || b.cost === null ? a.cost === b.cost : a.cost.eq(b.cost)
}
