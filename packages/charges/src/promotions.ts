import type { ChargeViewer } from './model/promotions/charge-viewer.ts'
import type { Page, Scope } from '@tollgate/kernel'
import type { DiscountStateDraft } from './engine/charge/charge-context.ts'
import type { AppliedDiscount } from './model/discounts/applied-discount.ts'
import type { Discount } from './model/discounts/discount.ts'
import type { CouponRedemption } from './model/promotions/coupon-redemption.ts'
import type { PromotionTotals, RedemptionHolder, RedemptionQuery } from './discount-ledger.ts'

/** Coupons and budgets of discounts. */
export interface Promotions {
  /**
   * Redeems a coupon, now, for a tenant or one of its customers: for all discounts in effect that require the code, or for
   * none. Redeeming again returns the earlier redemption. Throws `UnknownCoupon`, `CouponNotValid`, `CouponUsedUp`, and
   * `InvalidInput` for an invalid code or customer. A tenant gets
   * `UnknownCoupon` for every code that it cannot redeem, and `TooManyCouponAttempts` if it tries too many.
   */
  redeemCoupon(request: CouponRequest): Promise<readonly CouponRedemption[]>
  /** Returns redemptions, latest first. A tenant sees its own. Throws `InvalidInput` for the page size. */
  redemptions(scope: Scope, query: RedemptionQuery): Promise<Page<CouponRedemption>>
  /** Returns the remaining budgets of discounts and the holder's redeemed coupons, by discount id, for `ChargeContext`. */
  discountStates(discounts: readonly Discount[], holder: RedemptionHolder): Promise<Readonly<Record<string, DiscountStateDraft>>>
  /**
   * Books the discounts of a final charge: all or none, never over a budget, and once per charge, also if several processes
   * book at the same time. Returns false if the charge was booked before. Throws `BudgetUsedUp` and `ChargeAlreadyBooked`.
   */
  bookDiscounts(charge: FinalCharge): Promise<boolean>
  /** Returns the totals of promotions by name. */
  totals(promotions: readonly string[]): Promise<ReadonlyMap<string, PromotionTotals>>
}

/** A coupon to redeem. */
export interface CouponRequest {
  readonly code: string
  readonly tenantId: string
  /** The tenant's customer to redeem it for. Defaults to all usage of the tenant. */
  readonly customerId?: string | null | undefined
  /** Defaults to an operator. */
  readonly viewer?: ChargeViewer | undefined
}

/** A final charge whose discounts are to be booked. */
export interface FinalCharge {
  readonly tenantId: string
  /** The caller's id of the charge, unique in the tenant, such as an invoice id. */
  readonly chargeId: string
  readonly discounts: readonly AppliedDiscount[]
}
