import type { Scope, Temporal } from '@tollgate/kernel'
import type { Price } from './price.ts'

/** Keeps prices. Append-only: a price is never changed, a later one takes its place. Only an operator's scope may write. */
export interface PriceStore {
  /** Grows with every publication: whoever holds prices in memory asks this before using them. One cheap read. */
  version(): Promise<string>
  /**
   * Every price in force of every tenant: the bundled ones of the last release, in its order, and all that were
   * published, in the order of their publication.
   */
  all(): Promise<readonly Price[]>
  /** Adds published prices. One whose id is there already is left as it is. */
  add(scope: Scope, prices: readonly Price[]): Promise<void>
  /** Adds published prices, all of them new, if the store is still of that version. Says whether it was; if not, nothing is added. */
  addAt(scope: Scope, prices: readonly Price[], version: string): Promise<boolean>
  /**
   * Makes `prices`, a whole release of bundled ones, those in force, all at once; prices of earlier releases are kept
   * for `byIds`. Returns how many were not there yet. A release that was imported before is not imported again, so that
   * a server of an older version that restarts during an upgrade does not turn prices back.
   */
  importBundled(prices: readonly Price[], importedAt: Temporal.Instant): Promise<number>
  /** The release of bundled prices in force; undefined where none was imported. */
  bundledRelease(): Promise<BundledRelease | undefined>
  /** A page of the prices in force. Throws `InvalidInput` where `after` is no price that the scope sees. */
  list(scope: Scope, query: PriceQuery): Promise<PricePage>
  /** The prices that the scope sees among those named, in any order, in force or not. */
  byIds(scope: Scope, ids: readonly string[]): Promise<readonly Price[]>
}

/** A whole release of bundled prices. */
export interface BundledRelease {
  /** Of its contents, by `releaseDigest`. */
  readonly digest: string
  readonly importedAt: Temporal.Instant
}

/** A page of prices, ordered by provider, model, beginning and id. A tenant's scope sees its own and the shared ones. */
export interface PriceQuery {
  readonly provider?: string
  /** The canonical name, in upper or lower case. */
  readonly model?: string
  /** Only those whose interval has this time in it, at whatever part of the day they are for. */
  readonly at?: Temporal.Instant
  /** At the most. */
  readonly first: number
  /** Continues behind the price with this id. */
  readonly after?: string
}

/** Some prices, and whether there are more behind them. */
export interface PricePage {
  readonly prices: readonly Price[]
  readonly hasMore: boolean
}
