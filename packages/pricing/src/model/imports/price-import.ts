import type { TimeInput } from '@tollgate/kernel/input'
import type { Price } from '../price.ts'
import type { ExactPriceDraft, PriceDraft } from '../drafts/price-draft.ts'
import type { SkippedEntry } from './price-list.ts'
import type { RateDifference } from './rate-differences.ts'

/** Formats of public price lists that can be imported. */
export const PRICE_LIST_FORMATS = ['litellm', 'models-dev'] as const

/** Name of a format. */
export type PriceListFormat = (typeof PRICE_LIST_FORMATS)[number]

/** What to import: a public price list, or price drafts of your own. */
export type PriceImportSource =
  | {
      readonly format: PriceListFormat
      /** Contents of the file. */
      readonly data: string
      /** When the prices take effect. Lists only say what is charged now. */
      readonly from: TimeInput
      /** Import only these providers. Defaults to all. */
      readonly providers?: readonly string[] | undefined
    }
  | { readonly format: 'drafts'; readonly drafts: readonly PriceDraft[] }

/** A price that an import would publish. */
export interface PlannedPrice {
  /** Name of the entry in the source. */
  readonly name: string
  readonly draft: ExactPriceDraft
  /** Charges in the source that prices do not support, by their keys in the source. */
  readonly unsupportedCharges: readonly string[]
}

/** A price that would replace the current one. */
export interface ChangedPrice extends PlannedPrice {
  readonly replaces: Price
  /** Empty if only the interval changes. */
  readonly differences: readonly RateDifference[]
}

/** What an import would publish. */
export interface PriceImportPlan {
  /** Hash of what would be published and replaced; identifies the plan when it is applied. */
  readonly digest: string
  /**
   * Prices for models without one. Also prices for models whose rates do not change, but which are rated by the price of
   * another model that the import changes.
   */
  readonly added: readonly PlannedPrice[]
  readonly changed: readonly ChangedPrice[]
  /** Entries that equal the current price. */
  readonly unchanged: readonly { readonly name: string; readonly price: Price }[]
  readonly skipped: readonly SkippedEntry[]
}
