import type { Decimal, Temporal } from '@tollgate/kernel'

/** A quantity and its price, as thresholds and volume tiers measure them. */
export interface UsageFigures {
  readonly quantity: Decimal
  /** Before discounts. */
  readonly subtotal: Decimal
}

/** The state of a discount: what earlier charges left of it. */
export interface DiscountState {
  /** Remaining budget of the promotion. */
  readonly remainingBudget?: Decimal | undefined
  /** Number of redemptions of the coupon by all customers. */
  readonly redemptions?: number | undefined
  /** Number of redemptions by this customer. */
  readonly customerRedemptions?: number | undefined
  /** When the coupon was redeemed. It applies from then on; its limits were checked at redemption. */
  readonly redeemedAt?: Temporal.Instant | undefined
  /** Amount taken off earlier parts of the period: fixed amounts and maximums apply once per period. */
  readonly taken?: Decimal | undefined
}

/** Sums over the earlier parts of a period. */
export interface EarlierFigures extends UsageFigures {
  /** After discounts. */
  readonly charge: Decimal
}

/** Everything that a discount can depend on. Unknown facts are undefined and meet no condition. */
export interface DiscountFacts {
  readonly at: Temporal.Instant
  /** Start of the part, if a part of a period is charged; otherwise `at`. */
  readonly partFrom: Temporal.Instant
  readonly billingTier: string | undefined
  readonly dimensions: Readonly<Record<string, string>>
  readonly firstTimeCustomer: boolean | undefined
  readonly couponCodes: readonly string[]
  /** Sums of this charge. */
  readonly charge: UsageFigures
  /** Sums of the earlier parts of the period. Undefined if the period is charged as a whole. */
  readonly earlier: EarlierFigures | undefined
  /** Sums of the billing period before them. */
  readonly periodToDate: UsageFigures | undefined
  /** Explains a remaining budget only where it limits a discount. */
  readonly hidesBudgets: boolean
  /** By discount id. */
  readonly discountStates: Readonly<Record<string, DiscountState>>
}
