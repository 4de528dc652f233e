import type { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenPool, TokenUsageInput } from '@tollgate/tokens'
import type { Price } from './price.ts'
import type { PriceCatalog } from './price-catalog.ts'

/** What is to be rated. */
export interface RateUsageInput {
  readonly catalog: PriceCatalog
  readonly provider: string
  readonly model: string
  readonly tokens: TokenUsageInput
  /** RFC 3339, or an instant: the price is the one of this time. */
  readonly at: Temporal.Instant | string
  readonly tenantId?: string
}

/** One pool's share of a cost: `amount` = `quantity` × `perMillion` / 1,000,000, exactly. */
export interface RatedLine {
  readonly pool: TokenPool | 'request'
  readonly quantity: number
  readonly unitPrice: Decimal
  readonly amount: Decimal
}

/** A cost with its reasons, or why there is none. */
export type RatedUsage =
  | { readonly state: 'priced'; readonly cost: Decimal; readonly lines: readonly RatedLine[]; readonly price: Price }
  | { readonly state: 'unpriced'; readonly cost: null; readonly lines: readonly []; readonly price: null; readonly reason: string }
