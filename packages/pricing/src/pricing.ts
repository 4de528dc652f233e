import type { Decimal, Scope, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { Price } from './price.ts'
import type { PriceCatalog } from './price-catalog.ts'
import type { PricePage, PriceQuery } from './price-store.ts'

/** Prices that are kept and published, and the catalogue made from them. */
export interface Pricing {
  /** The catalogue as of now: made anew when something was published since the last call, here or in another process. */
  catalog(): Promise<PriceCatalog>
  /** Publishes a price for every tenant or one. Throws `InvalidInput`, naming the field; `OperatorOnly` for a tenant's scope. */
  publishPrice(scope: Scope, draft: PriceDraft): Promise<Price>
  prices(scope: Scope, query: PriceQuery): Promise<PricePage>
  pricesByIds(scope: Scope, ids: readonly string[]): Promise<readonly Price[]>
  /** Brings the bundled prices into the store where this version of them is not yet there. Returns how many were added. */
  importBundledPrices(): Promise<number>
}

/** A price to publish. */
export interface PriceDraft {
  readonly tenantId?: string | null | undefined
  readonly provider: string
  readonly model: string
  readonly from: Temporal.Instant
  readonly to?: Temporal.Instant | null | undefined
  /** USD for a million tokens. Pools that are left out fall back as `rateUsage` documents, or make the event unpriced. */
  readonly perMillionTokens: { readonly [Pool in TokenPool]?: Decimal | null | undefined }
  readonly perRequest?: Decimal | null | undefined
}
