import type { Decimal, Temporal } from '@tollgate/kernel'

/** A quantity and what it came to, as thresholds and volume tiers measure them. */
export interface UsageFigures {
  readonly quantity: Decimal
  /** Before discounts. */
  readonly subtotal: Decimal
}

/** What is to be known of a discount from outside: it is kept, and added to, where charges are recorded. */
export interface DiscountStanding {
  /** What is left of the promotion's budget. */
  readonly remainingBudget?: Decimal | undefined
  /** How often the coupon was redeemed so far, by anyone. */
  readonly redemptions?: number | undefined
  /** How often this customer redeemed it. */
  readonly customerRedemptions?: number | undefined
}

/** All that a discount may depend on. What is not known is undefined, and holds no condition. */
export interface DiscountFacts {
  readonly at: Temporal.Instant
  readonly billingTier: string | undefined
  readonly dimensions: Readonly<Record<string, string>>
  readonly firstTimeCustomer: boolean | undefined
  readonly couponCodes: readonly string[]
  /** Of what is charged now. */
  readonly charge: UsageFigures
  /** Of the billing period before it. */
  readonly periodToDate: UsageFigures | undefined
  /** By the discount's id. */
  readonly standings: Readonly<Record<string, DiscountStanding>>
}
