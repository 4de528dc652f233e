import type { Scope, Temporal } from '@tollgate/kernel'
import type { DiscountStandingDraft } from './engine/charge/charge-context.ts'
import type { ChargeRuleSet } from './engine/rules/charge-rules-in-effect.ts'
import type { GivenDiscount } from './engine/discounts/apply-discounts.ts'
import type { CouponRedemption } from './model/promotions/coupon-redemption.ts'
import type { PromotionTotals, RedemptionHolder, RedemptionPage, RedemptionQuery } from './discount-ledger.ts'

/** What coupons and promotions came to, and what is left of them. */
export interface Promotions {
  /**
   * Redeems a coupon, now, for a tenant or one of its customers: all discounts in effect that ask for the code, or none.
   * What was redeemed before is answered as it is. Throws `UnknownCoupon`, `CouponNotValid`, `CouponUsedUp`, and
   * `InvalidInput` for a code or customer that cannot be one.
   */
  redeemCoupon(request: CouponRequest): Promise<readonly CouponRedemption[]>
  /** The last redeemed first; a tenant sees its own. Throws `InvalidInput` for the size of the page. */
  redemptions(scope: Scope, query: RedemptionQuery): Promise<RedemptionPage>
  /** What is to be known of these discounts for a charge: what is left of budgets, and which coupons the holder redeemed. By discount id. */
  standings(discounts: ChargeRuleSet['discounts'], holder: RedemptionHolder): Promise<Readonly<Record<string, DiscountStandingDraft>>>
  /**
   * Books what discounts took off a charge that became final: all of it or nothing, never over a budget, whoever books at
   * the same time, and once for each charge. Answers whether it was booked now; false where it was before. Throws
   * `BudgetUsedUp`, `ChargeBookedOtherwise`.
   */
  bookDiscounts(charge: FinalCharge): Promise<boolean>
  /** What promotions came to, by the names of discounts. */
  totals(promotions: readonly string[]): Promise<ReadonlyMap<string, PromotionTotals>>
}

/** A coupon to be redeemed. */
export interface CouponRequest {
  readonly code: string
  readonly tenantId: string
  /** That the tenant is on: some discounts are for a plan. */
  readonly plan: string | null
  /** The tenant's customer that it is for; for all that the tenant uses where it is left out. */
  readonly customerId?: string | null | undefined
}

/** A charge whose discounts are to be booked, as it was rated. */
export interface FinalCharge {
  readonly tenantId: string
  /** The caller's name for it, unique in the tenant: an invoice's id. */
  readonly chargeId: string
  readonly given: readonly GivenDiscount[]
}

/** When a coupon begins to hold, for whoever cuts a range there. */
export function redemptionTimes(standings: Readonly<Record<string, DiscountStandingDraft>>): readonly Temporal.Instant[] {
  return Object.values(standings).flatMap(({ redeemedAt }) => (typeof redeemedAt === 'object' && redeemedAt !== null ? [redeemedAt] : []))
}
