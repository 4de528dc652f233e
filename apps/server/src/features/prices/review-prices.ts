import { type Clock, InvalidInput, OPERATOR_SCOPE, period } from '@tollgate/kernel'
import { type PriceCatalogStatus, pricesToReview, type PriceToReview, type Pricing } from '@tollgate/pricing'
import type { Usage } from '@tollgate/usage'

/** Which prices are to be looked at. */
export interface PriceReviewRequest {
  /** A price is old when it was published more days ago. */
  readonly olderThanDays: number
  /** A model is in use when it was called in the last days. */
  readonly usedWithinDays: number
}

/** How new the prices are, and which of those in use are not. */
export interface PriceReview {
  readonly status: PriceCatalogStatus
  /** Most calls first. */
  readonly toReview: readonly PriceToReview[]
}

/** Models that are looked at, those with the most calls. */
const MAX_MODELS = 1_000
const HOURS_A_DAY = 24

/** Holds the prices against what was used lately, by all tenants. Throws `InvalidInput` for days out of bounds. */
export function reviewPrices({
  pricing,
  usage,
  clock,
}: {
  pricing: Pricing
  usage: Usage
  clock: Clock
}): (request: PriceReviewRequest) => Promise<PriceReview> {
  return async ({ olderThanDays, usedWithinDays }) => {
    requireDays('olderThanDays', olderThanDays, { from: 0, to: 3_650 })
    requireDays('usedWithinDays', usedWithinDays, { from: 1, to: 366 })
    const now = clock.now().round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
    // Events of this instant are in it: an end is not.
    const range = period(now.subtract({ hours: usedWithinDays * HOURS_A_DAY }), now.add({ microseconds: 1 }))
    const used = usage.report(OPERATOR_SCOPE, { range }).breakdown({ by: ['provider', 'model'], orderBy: 'calls', first: MAX_MODELS })
    const [status, catalog, groups] = await Promise.all([pricing.status(), pricing.catalog(), used])
    const models = groups.flatMap(({ key: [provider, model], measures: { calls, unpricedCalls } }) =>
      provider?.value === undefined || provider.value === null || model?.value === undefined || model.value === null
        ? []
        : [{ provider: provider.value, model: model.value, calls, unpricedCalls }],
    )
    return { status, toReview: pricesToReview({ catalog, models, at: now, olderThanDays }) }
  }
}

function requireDays(path: string, days: number, { from, to }: { from: number; to: number }): void {
  if (Number.isInteger(days) && days >= from && days <= to) return
  throw new InvalidInput([{ path, message: `must be a whole number of days from ${from} to ${to.toLocaleString('en')}, not ${days}` }])
}
