import type { Page, PageRequest, Scope, Temporal } from '@tollgate/kernel'
import type { Price } from './model/price.ts'

/** Stores prices. Append-only: a stored price never changes; later prices supersede it. Only an operator's scope may write. */
export interface PriceStore {
  /** A number, as text, that grows with every publication. One cheap read: cached catalogues check it before each use. */
  version(): Promise<string>
  /** All active prices of all tenants: those of the latest bundled release in its order, then published ones in order of publication. */
  all(): Promise<readonly Price[]>
  /** Adds published prices. Ignores prices whose id is already stored. */
  add(scope: Scope, prices: readonly Price[]): Promise<void>
  /** Adds new published prices if the store is still at `version`. Returns whether it was; if not, adds nothing. */
  addIfVersion(scope: Scope, prices: readonly Price[], version: string): Promise<boolean>
  /**
   * Replaces the active bundled prices by `prices`, a whole release, in one step. `byIds` still finds prices of earlier
   * releases. Returns the number of new prices. Importing a release a second time does nothing, so an older server that
   * restarts during an upgrade cannot bring its old prices back.
   */
  importBundled(prices: readonly Price[], importedAt: Temporal.Instant): Promise<number>
  /**
   * Activates list prices from a feed as `importBundled` does, if the active release still has the digest `expected`. Returns whether
   * it had; if not, or if a release with this digest was active before, changes nothing.
   */
  activate(prices: readonly Price[], release: BundledRelease, expected: string | undefined): Promise<boolean>
  /** Returns the active bundled release; undefined before the first import. */
  bundledRelease(): Promise<BundledRelease | undefined>
  /** Returns a page of active prices that the scope may see. Throws `InvalidInput` if it may not see the price named by `after`. */
  list(scope: Scope, query: PriceQuery): Promise<Page<Price>>
  /** Returns the prices with these ids that the scope may see, active or not, in any order. */
  byIds(scope: Scope, ids: readonly string[]): Promise<readonly Price[]>
}

/** A release of list prices. */
export interface BundledRelease {
  /** Hash of its contents; see `releaseDigest` and `reconcileFeed`. */
  readonly digest: string
  readonly importedAt: Temporal.Instant
  /** Version of the feed that the prices came from. Null if they came with the program. */
  readonly feedVersion: number | null
}

/** Filters and position of a page of prices. Pages are ordered by provider, model, start and id. `after` is the id of a price. */
export interface PriceQuery extends PageRequest {
  readonly provider?: string
  /** Canonical name; case does not matter. */
  readonly model?: string
  /** Only prices whose interval contains this time, whatever their time of day. */
  readonly at?: Temporal.Instant
}
