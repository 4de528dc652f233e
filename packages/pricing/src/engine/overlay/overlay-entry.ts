import type { TokenPool } from '@tollgate/tokens'
import type { ModelMatch } from '../../model/names/model-match.ts'
import type { TimeOfDay } from '../../model/price.ts'
import type { ServiceTier } from '../../model/service-tier.ts'

/** USD per million tokens, by pool, as exact decimals. */
export type OverlayRates = { readonly [Pool in TokenPool]?: string }

/** A price per unit; see `UnitPrice`. */
export interface OverlayUnit {
  readonly kind: string
  readonly variant?: string
  readonly price: string
  readonly per?: number
}

/** A price of a model during an interval. */
export interface ListedOverlayPrice {
  /** Dates (midnight UTC) or times in RFC 3339. Default to no start and no end. */
  readonly from?: string
  readonly to?: string
  readonly serviceTier?: ServiceTier
  readonly speed?: string
  readonly region?: string
  readonly timeOfDay?: TimeOfDay
  readonly rates?: OverlayRates
  /** Rates of calls with more input tokens than `above`. */
  readonly steps?: readonly { readonly above: number; readonly rates: OverlayRates }[]
  readonly units?: readonly OverlayUnit[]
}

interface Documented {
  /** Where the prices were read: a page of the provider, or the lists that agree. */
  readonly source: string
  /** The day on which the source was read. */
  readonly checkedAt: string
  /** Whether the bundled package has no such price, or another one. */
  readonly because: 'missing' | 'wrong'
  readonly provider: string
}

/** Prices of one model. Where they apply, they supersede those of the bundled model with this id. Without one, the model is new. */
export interface OverlayPrices extends Documented {
  readonly model: string
  /** Names of a new model, or a rule for them. Default to its id. */
  readonly names?: readonly string[] | ModelMatch
  readonly prices: readonly ListedOverlayPrice[]
}

/** Rates and unit prices that prices of models lack. Applies to all prices of a model that do not have them. */
export interface OverlayAdditions extends Documented {
  readonly models: readonly string[]
  readonly add: {
    /** As multiples of other rates, at every context length. */
    readonly multiples?: { readonly [Pool in TokenPool]?: readonly [times: string, of: TokenPool] }
    readonly rates?: OverlayRates
    readonly units?: readonly OverlayUnit[]
  }
}

/** Prices for another way of serving a call, as a multiple of the usual ones. Unit prices stay as they are. */
export interface OverlayMultiples extends Documented {
  readonly models: readonly string[]
  /** Provider whose prices are multiplied, if this one charges a multiple of a maker's prices. Defaults to the provider itself. */
  readonly of?: string
  /** Exactly one of the three. A region also applies to prices of a service tier or speed. */
  readonly serviceTier?: Exclude<ServiceTier, 'standard'>
  readonly speed?: string
  readonly region?: string
  readonly times: string
  /** When the provider began and stopped to charge it. */
  readonly from?: string
  readonly to?: string
  /** Pools that cost another multiple. */
  readonly except?: { readonly [Pool in TokenPool]?: string }
}

/** The number of input tokens above which a call is a long one, where the package has another number. */
export interface OverlayThresholds extends Documented {
  readonly models: readonly string[]
  readonly threshold: { readonly listed: number; readonly above: number }
}

/** A fact about list prices that the bundled package lacks, or has wrong, with its source. */
export type OverlayEntry = OverlayPrices | OverlayAdditions | OverlayMultiples | OverlayThresholds
