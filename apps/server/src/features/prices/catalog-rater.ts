import { type PriceCatalog, type Pricing, rateUsage } from '@tollgate/pricing'
import type { CheckedEvent, Rater, Rating } from '@tollgate/usage'

/** Creates a rater that rates each event with the catalogue's price at the time of the event. */
export function catalogRater(pricing: Pick<Pricing, 'catalog'>): Rater {
  return {
    async rate(events) {
      const catalog = await pricing.catalog()
      return events.map(event => rateEvent(catalog, event))
    },
  }
}

/** The fields that the cost of an event depends on. */
type RateableEvent = Pick<CheckedEvent, 'tenantId' | 'provider' | 'model' | 'tokens' | 'occurredAt' | 'reportedCost' | 'serviceTier'>

/** Rates an event: by the catalogue's price for its service tier, or else by the reported cost. Without either, use of a model is unpriced. */
export function rateEvent(catalog: PriceCatalog, event: RateableEvent): Rating {
  const { tenantId, provider, model, tokens, occurredAt, reportedCost, serviceTier } = event
  const usesModel = provider !== null && model !== null && tokens !== null
  if (usesModel) {
    const rated = rateUsage({ catalog, provider, model, tokens, at: occurredAt, tenantId, serviceTier: serviceTier ?? undefined })
    if (rated.state === 'priced') return { state: 'priced', cost: rated.cost, priceId: rated.price.id }
  }
  if (reportedCost !== null) return { state: 'reported', cost: reportedCost, priceId: null }
  return { state: usesModel ? 'unpriced' : 'not_applicable', cost: null, priceId: null }
}
