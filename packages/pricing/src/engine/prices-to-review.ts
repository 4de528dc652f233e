import type { Temporal } from '@tollgate/kernel'
import type { Price } from '../model/price.ts'
import type { PriceCatalog } from './catalog/price-catalog.ts'

/** A model that was used, with what is known of its calls. */
export interface ModelInUse {
  readonly provider: string
  readonly model: string
  readonly calls: number
  readonly unpricedCalls: number
}

/** A model in use whose price somebody should look at. */
export interface PriceToReview extends ModelInUse {
  /** What a standard call is rated by, of a tenant without prices of its own; null where there is none. */
  readonly price: Price | null
  /** Whole days since it was published; null without one. */
  readonly ageDays: number | null
}

/** The models among those in use that have calls without a price, or whose price is older than a number of days, in the order given. */
export function pricesToReview({
  catalog,
  models,
  at,
  olderThanDays,
}: {
  readonly catalog: PriceCatalog
  readonly models: readonly ModelInUse[]
  readonly at: Temporal.Instant
  readonly olderThanDays: number
}): readonly PriceToReview[] {
  return models.flatMap(model => {
    const price = catalog.find({ provider: model.provider, model: model.model, at }) ?? null
    const ageDays = price && Math.floor((at.epochMilliseconds - price.publishedAt.epochMilliseconds) / MS_A_DAY)
    return model.unpricedCalls > 0 || (ageDays !== null && ageDays > olderThanDays) ? [{ ...model, price, ageDays }] : []
  })
}

const MS_A_DAY = 86_400_000
