import type { Rating } from '../event.ts'
import type { Rater } from '../rater.ts'
import type { EffectiveEvent, PlacedChange } from './rerating-store.ts'

/** Rates events by the catalogue of now, each at its own time, and answers those that come to something else. */
export async function rateAgain(events: readonly EffectiveEvent[], rater: Rater): Promise<PlacedChange[]> {
  if (events.length === 0) return []
  const ratings = await rater.rate(events)
  if (ratings.length !== events.length) throw new RangeError(`${ratings.length} ratings came back for ${events.length} events.`)
  return events.flatMap((event, i) => {
    const to = ratings[i]
    if (to === undefined || sameCost(event.effective, to)) return []
    const { id: eventId, tenantId, occurredAt, effective: from, corrections, place } = event
    return [{ eventId, tenantId, occurredAt, from, to, version: corrections + 1, place }]
  })
}

/**
 * The price may be another one: a list of prices that is imported anew gives each another id. That alone corrects
 * nothing; what was charged for is still right.
 */
function sameCost(a: Rating, b: Rating): boolean {
  if (a.state !== b.state) return false
  return a.cost === null || b.cost === null ? a.cost === b.cost : a.cost.eq(b.cost)
}
