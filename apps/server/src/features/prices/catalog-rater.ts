import { createRater, type Pricing } from '@tollgate/pricing'
import type { Rater } from '@tollgate/usage'
import { usageStoreFailure } from '@tollgate/usage/postgres'

/** Creates a rater that rates each event with the catalogue's price at the time of the event. */
export function catalogRater(pricing: Pick<Pricing, 'catalog'>): Rater {
  return createRater({
    // The same failures as those of the commit that follows: then it is not tried again with fewer events.
    catalog: () =>
      pricing.catalog().catch((error: unknown) => {
        throw usageStoreFailure(error)
      }),
  })
}
