import type { TokenPool } from '@tollgate/tokens'
import type { PriceDraft } from './price-draft.ts'

/** What a list of prices of others says, as drafts, and what it says that cannot be one. */
export interface PriceList {
  /** What the format has no rate for: of these it says nothing. */
  readonly unlisted?: readonly UnlistedRate[]
  readonly entries: readonly ListedPrice[]
  readonly skipped: readonly SkippedEntry[]
}

/** A pool, or the fee for a request. */
export type UnlistedRate = TokenPool | 'request'

/** One price of a list. */
export interface ListedPrice {
  /** As the list names it, with the tier where it is not standard. */
  readonly name: string
  readonly draft: PriceDraft
  /** What the list also charges and a price cannot have: searches, seconds, pages. By the list's own keys. */
  readonly unsupportedCharges: readonly string[]
}

/** What was not taken, and why. */
export interface SkippedEntry {
  readonly name: string
  readonly reason: string
}

/** Why a price of 0 is not taken from a list. */
export const ALL_ZERO = 'lists 0 for everything, which lists also do where they know no price; publish it yourself if it is free'
