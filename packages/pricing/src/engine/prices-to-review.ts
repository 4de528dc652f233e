import type { Temporal } from '@tollgate/kernel'
import type { Price } from '../model/price.ts'
import type { PriceCatalog } from './catalog/price-catalog.ts'

/** A model in use, with its number of calls. */
export interface ModelInUse {
  readonly provider: string
  readonly model: string
  readonly calls: number
  readonly unpricedCalls: number
}

/** A model in use whose price is missing or old. */
export interface PriceToReview extends ModelInUse {
  /** Price of a standard call of a tenant without prices of its own. Null if there is none. */
  readonly price: Price | null
  /** Whole days since that price was published. Null if there is none. */
  readonly ageDays: number | null
}

/** Returns the models that have unpriced calls or a price older than `olderThanDays`, in the order given. */
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
    const ageDays = price && Math.floor((at.epochMilliseconds - price.publishedAt.epochMilliseconds) / MS_PER_DAY)
    return model.unpricedCalls > 0 || (ageDays !== null && ageDays > olderThanDays) ? [{ ...model, price, ageDays }] : []
  })
}

const MS_PER_DAY = 86_400_000
