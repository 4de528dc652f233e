import type { Temporal } from '@tollgate/kernel'
import type { Price } from './price.ts'
import type { PriceDraft } from './price-draft.ts'
import type { SkippedEntry } from './price-list.ts'
import type { RateDifference } from './rate-differences.ts'

/** The lists of prices that can be read. */
export const PRICE_LIST_FORMATS = ['litellm', 'models-dev'] as const

/** The name of one format. */
export type PriceListFormat = (typeof PRICE_LIST_FORMATS)[number]

/** Where prices are to be taken from: a list of others, as text, or drafts of one's own. */
export type PriceImportSource =
  | {
      readonly format: PriceListFormat
      /** The file's contents. */
      readonly data: string
      /** When its prices begin to count: lists say what is charged, not since when. */
      readonly from: Temporal.Instant
      /** Only of these providers; of all where it is left out. */
      readonly providers?: readonly string[] | undefined
    }
  | { readonly format: 'drafts'; readonly drafts: readonly PriceDraft[] }

/** A price that would be published. */
export interface PlannedPrice {
  /** As the source names it. */
  readonly name: string
  readonly draft: PriceDraft
  /** What the source charges beside, and a price cannot have. */
  readonly unsupportedCharges: readonly string[]
}

/** A price that would take the place of one that counts now. */
export interface ChangedPrice extends PlannedPrice {
  readonly replaces: Price
  /** Empty where only the time differs. */
  readonly differences: readonly RateDifference[]
}

/** What an import would do. Nothing is taken without one: `digest` is what it is applied by. */
export interface PriceImportPlan {
  /** Of everything that would be published, and what it would replace. Another when prices or the source are. */
  readonly digest: string
  /** For models that have no price at the time; and for those that cost what they did, where the price changes that they would be rated by. */
  readonly added: readonly PlannedPrice[]
  readonly changed: readonly ChangedPrice[]
  /** Models whose price is already as the source has it. */
  readonly unchanged: readonly { readonly name: string; readonly price: Price }[]
  readonly skipped: readonly SkippedEntry[]
}
