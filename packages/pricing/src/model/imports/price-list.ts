import type { TokenPool } from '@tollgate/tokens'
import type { ExactPriceDraft } from '../drafts/price-draft.ts'

/** The contents of a price list: drafts, and the entries that are not imported. */
export interface PriceList {
  /** Rates that the format of the list has no field for. Their absence from an entry means nothing. */
  readonly unlisted?: readonly UnlistedRate[]
  readonly entries: readonly ListedPrice[]
  readonly skipped: readonly SkippedEntry[]
}

/** A token pool, the charge per request, or the prices of units of a kind. */
export type UnlistedRate = TokenPool | 'request' | 'units'

/** One price of a list. */
export interface ListedPrice {
  /** Name of the entry in the list, followed by the service tier, speed and region unless they are the usual ones. */
  readonly name: string
  readonly draft: ExactPriceDraft
  /** Charges that prices do not support, such as storage, by their keys in the list. */
  readonly unsupportedCharges: readonly string[]
}

/** An entry that is not imported. */
export interface SkippedEntry {
  readonly name: string
  readonly reason: string
}

/** Reason for skipping an entry whose rates are all 0. */
export const ALL_ZERO = 'all rates are 0, which lists also use for unknown prices; if the model is free, publish its price yourself'
