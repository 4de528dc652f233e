import type { Scope, Temporal } from '@tollgate/kernel'
import type { Price } from './price.ts'

/** Keeps prices. Append-only: a price is never changed, a later one takes its place. */
export interface PriceStore {
  /** Grows with every publication: whoever holds prices in memory asks this before using them. One cheap read. */
  version(): Promise<string>
  /** Every price of every tenant. */
  all(): Promise<readonly Price[]>
  add(scope: Scope, prices: readonly Price[]): Promise<void>
  list(scope: Scope, query: PriceQuery): Promise<{ prices: readonly Price[]; hasMore: boolean }>
  byIds(scope: Scope, ids: readonly string[]): Promise<readonly Price[]>
}

/** A page of prices, ordered by provider, model, beginning and id. A tenant's scope sees its own and the shared ones. */
export interface PriceQuery {
  readonly provider?: string
  /** The canonical name. */
  readonly model?: string
  /** Only those in effect then. */
  readonly at?: Temporal.Instant
  readonly first: number
  /** Continues behind the price with this id. */
  readonly after?: string
}
