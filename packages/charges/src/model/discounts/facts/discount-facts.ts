import type { Decimal, Temporal } from '@tollgate/kernel'

/** A quantity and what it came to, as thresholds and volume tiers measure them. */
export interface UsageFigures {
  readonly quantity: Decimal
  /** Before discounts. */
  readonly subtotal: Decimal
}

/** What is to be known of a discount from outside: it is kept, and added to, where charges are recorded. */
export interface DiscountState {
  /** What is left of the promotion's budget. */
  readonly remainingBudget?: Decimal | undefined
  /** How often the coupon was redeemed so far, by anyone. */
  readonly redemptions?: number | undefined
  /** How often this customer redeemed it. */
  readonly customerRedemptions?: number | undefined
  /** When it was redeemed for what is charged: it holds from then on, and its limits were seen to then. */
  readonly redeemedAt?: Temporal.Instant | undefined
  /** What it took off earlier parts of the same period: a sum off, and a maximum, are once a period. */
  readonly taken?: Decimal | undefined
}

/** What earlier parts of a period came to, where it is charged part by part. */
export interface EarlierFigures extends UsageFigures {
  /** After discounts. */
  readonly charge: Decimal
}

/** All that a discount may depend on. What is not known is undefined, and holds no condition. */
export interface DiscountFacts {
  readonly at: Temporal.Instant
  /** Where the charge is of a part of a period, the part's beginning; `at` otherwise. */
  readonly partFrom: Temporal.Instant
  readonly billingTier: string | undefined
  readonly dimensions: Readonly<Record<string, string>>
  readonly firstTimeCustomer: boolean | undefined
  readonly couponCodes: readonly string[]
  /** Of what is charged now. */
  readonly charge: UsageFigures
  /** Of the parts of the same period before it; undefined where it is charged as a whole. */
  readonly earlier: EarlierFigures | undefined
  /** Of the billing period before all that. */
  readonly periodToDate: UsageFigures | undefined
  /** By the discount's id. */
  readonly discountStates: Readonly<Record<string, DiscountState>>
}
