import { Temporal } from '@tollgate/kernel'
import { BUNDLED_PRICES_VERSION, bundledPrices } from './engine/bundled/bundled-prices.ts'
import type { Price } from './model/price.ts'
import type { BundledRelease } from './price-store.ts'
import { releaseDigest } from './model/release-digest.ts'

/** How new a catalogue is. */
export interface PriceCatalogStatus {
  readonly bundled: {
    /** The version of the list prices that come with this program. */
    readonly version: string
    /** Whether these are in force. If not, a later release is, or none was imported yet. */
    readonly active: boolean
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
      active: release?.digest === releaseDigest(bundledPrices()),
      prices: bundled.length,
      releasedAt: newest(bundled),
      importedAt: release?.importedAt ?? null,
    },
    published: { prices: published.length, newestAt: newest(published) },
  }
}

function newest(prices: readonly Price[]): Temporal.Instant | null {
  return prices.reduce<Temporal.Instant | null>(
    (latest, { publishedAt }) => (latest && Temporal.Instant.compare(latest, publishedAt) >= 0 ? latest : publishedAt),
    null,
  )
}
