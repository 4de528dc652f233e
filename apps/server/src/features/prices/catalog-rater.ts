import { type Pricing, type PriceCatalog, rateUsage } from '@tollgate/pricing'
import type { CheckedEvent, Rater, Rating } from '@tollgate/usage'

/** Rates usage by the price catalogue: each event at the price of its own time. */
export function catalogRater(pricing: Pick<Pricing, 'catalog'>): Rater {
  return {
    async rate(events) {
      const catalog = await pricing.catalog()
      return events.map(event => rateEvent(catalog, event))
    },
  }
}

/** What an event's cost depends on. */
type RateableEvent = Pick<CheckedEvent, 'tenantId' | 'provider' | 'model' | 'tokens' | 'occurredAt' | 'reportedCost' | 'serviceTier'>

/** The catalogue's price for the event's service tier goes first, then what the provider said it cost. Without both, a model's use is unpriced. */
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
