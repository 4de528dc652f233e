import type { Temporal } from '@tollgate/kernel'
import { BUNDLED_PRICES_VERSION, bundledPrices } from './engine/bundled/bundled-prices.ts'
import { lastPublishedAt } from './model/last-published-at.ts'
import type { Price } from './model/price.ts'
import { releaseDigest } from './model/imports/release-digest.ts'
import type { BundledRelease } from './price-store.ts'

/** Versions and ages of the active prices. */
export interface PriceCatalogStatus {
  readonly bundled: {
    /** Version of the list prices bundled with this program. */
    readonly version: string
    /** Whether that version is active. If not, a later one is, or none was imported yet. */
    readonly active: boolean
    /** Number of active list prices. */
    readonly prices: number
    /** When the active list prices were released and imported. Null if there are none. */
    readonly releasedAt: Temporal.Instant | null
    readonly importedAt: Temporal.Instant | null
  }
  readonly published: { readonly prices: number; readonly newestAt: Temporal.Instant | null }
}

/** Returns the status of the active prices, given the release of the bundled ones. */
export function catalogStatus(prices: readonly Price[], release: BundledRelease | undefined): PriceCatalogStatus {
  const [bundled, published] = [prices.filter(({ source }) => source === 'bundled'), prices.filter(({ source }) => source !== 'bundled')]
  return {
    bundled: {
      version: BUNDLED_PRICES_VERSION,
      active: release?.digest === releaseDigest(bundledPrices()),
      prices: bundled.length,
      releasedAt: lastPublishedAt(bundled),
      importedAt: release?.importedAt ?? null,
    },
    published: { prices: published.length, newestAt: lastPublishedAt(published) },
  }
}
