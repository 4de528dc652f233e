import { Temporal } from '@tollgate/kernel'
import { BUNDLED_PRICES_VERSION, bundledPrices } from '../bundled/bundled-prices.ts'
import type { Price } from '../price.ts'
import type { PriceCatalog } from './price-catalog.ts'
import type { BundledRelease } from '../price-store.ts'
import { releaseDigest } from './release-digest.ts'

/** How new a catalogue is. */
export interface PriceCatalogStatus {
  readonly bundled: {
    /** The version of the list prices that come with this program. */
    readonly version: string
    /** Whether these are in force. If not, a later release is, or none was imported yet. */
    readonly inForce: boolean
    readonly prices: number
    /** Of those in force; null where there are none. */
    readonly releasedAt: Temporal.Instant | null
    readonly importedAt: Temporal.Instant | null
  }
  readonly published: { readonly prices: number; readonly newestAt: Temporal.Instant | null }
}

/** The status of the prices in force, the bundled ones of a release. */
export function catalogStatus(prices: readonly Price[], release: BundledRelease | undefined): PriceCatalogStatus {
  const [bundled, published] = [prices.filter(({ source }) => source === 'bundled'), prices.filter(({ source }) => source !== 'bundled')]
  return {
    bundled: {
      version: BUNDLED_PRICES_VERSION,
      inForce: release?.digest === releaseDigest(bundledPrices()),
      prices: bundled.length,
      releasedAt: newest(bundled),
      importedAt: release?.importedAt ?? null,
    },
    published: { prices: published.length, newestAt: newest(published) },
  }
}

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

function newest(prices: readonly Price[]): Temporal.Instant | null {
  return prices.reduce<Temporal.Instant | null>(
    (latest, { publishedAt }) => (latest && Temporal.Instant.compare(latest, publishedAt) >= 0 ? latest : publishedAt),
    null,
  )
}
