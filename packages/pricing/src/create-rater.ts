import type { PriceCatalog } from './engine/catalog/price-catalog.ts'
import { type EventRating, type EventToRate, rateEvent } from './engine/rate-event.ts'

/** Rates usage events. It is a `Rater` of `@tollgate/usage`. */
export interface CatalogRater {
  /** Returns one rating per event, in the same order. */
  rate(events: readonly EventToRate[]): Promise<readonly EventRating[]>
}

/** What a rater needs. */
export interface RaterOptions {
  /** The prices, or a function that returns the current ones, such as `pricing.catalog` of `createPricing`. */
  readonly catalog: PriceCatalog | (() => PriceCatalog | Promise<PriceCatalog>)
}

/** Creates a rater that rates each event with the price at its time, for how it was served. */
export function createRater({ catalog }: RaterOptions): CatalogRater {
  return {
    async rate(events) {
      const current = typeof catalog === 'function' ? await catalog() : catalog
      return events.map(event => rateEvent(current, event))
    },
  }
}
