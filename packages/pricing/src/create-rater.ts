import { InvalidInput } from '@tollgate/kernel'
import { checkShape, inputShape } from '@tollgate/kernel/input'
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

const OPTIONS = /* @__PURE__ */ inputShape<RaterOptions>({ catalog: 'anything' })

/** Creates a rater that rates each event with the price at its time, for how it was served. Throws `InvalidInput` without a catalogue. */
export function createRater(options: RaterOptions): CatalogRater {
  checkShape(OPTIONS, options)
  const { catalog } = options
  if (typeof catalog !== 'function' && typeof (catalog as Partial<PriceCatalog> | null)?.find !== 'function') {
    throw new InvalidInput([{ path: 'catalog', message: 'must be a catalogue, or a function that returns one' }])
  }
  return {
    async rate(events) {
      const current = typeof catalog === 'function' ? await catalog() : catalog
      return events.map(event => rateEvent(current, event))
    },
  }
}
