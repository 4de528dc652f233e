import { type Clock, InvalidInput, OPERATOR_SCOPE, period, toMicrosecond } from '@tollgate/kernel'
import { type FeedStatus, type PriceCatalogStatus, type PriceFeed, pricesToReview, type PriceToReview, type Pricing } from '@tollgate/pricing'
import type { Usage } from '@tollgate/usage'

/** Which prices to review. */
export interface PriceReviewRequest {
  /** A price is old if it was published more than this many days ago. */
  readonly olderThanDays: number
  /** A model is in use if it was called within this many days. */
  readonly usedWithinDays: number
}

/** The ages of the prices, and the models in use whose price is missing or old. */
export interface PriceReview {
  readonly status: PriceCatalogStatus
  readonly feed: FeedStatus
  /** Most calls first. */
  readonly toReview: readonly PriceToReview[]
}

/** Maximum number of models in use to check. Those with the most calls are checked. */
const MAX_MODELS = 1_000
const HOURS_PER_DAY = 24

/** Compares the prices with the recent usage of all tenants. Throws `InvalidInput` if the days are out of range. */
export function reviewPrices({
  pricing,
  priceFeed,
  usage,
  clock,
}: {
  pricing: Pricing
  priceFeed: Pick<PriceFeed, 'status'>
  usage: Usage
  clock: Clock
}): (request: PriceReviewRequest) => Promise<PriceReview> {
  return async ({ olderThanDays, usedWithinDays }) => {
    requireDays('olderThanDays', olderThanDays, { min: 0, max: 3_650 })
    requireDays('usedWithinDays', usedWithinDays, { min: 1, max: 366 })
    const now = toMicrosecond(clock.now())
    // One microsecond more, so that the half-open range includes events of this instant.
    const range = period(now.subtract({ hours: usedWithinDays * HOURS_PER_DAY }), now.add({ microseconds: 1 }))
    const used = usage.report(OPERATOR_SCOPE, { range }).breakdown({ by: ['provider', 'model'], orderBy: 'calls', first: MAX_MODELS })
    const [status, feed, catalog, groups] = await Promise.all([pricing.status(), priceFeed.status(), pricing.catalog(), used])
    const models = groups.flatMap(({ key: [provider, model], measures: { calls, unpricedCalls } }) =>
      provider?.value === undefined || provider.value === null || model?.value === undefined || model.value === null
        ? []
        : [{ provider: provider.value, model: model.value, calls, unpricedCalls }],
    )
    return { status, feed, toReview: pricesToReview({ catalog, models, at: now, olderThanDays }) }
  }
}

function requireDays(path: string, days: number, { min, max }: { min: number; max: number }): void {
  if (Number.isInteger(days) && days >= min && days <= max) return
  throw new InvalidInput([{ path, message: `must be a whole number of days from ${min} to ${max.toLocaleString('en')}, not ${days}` }])
}
