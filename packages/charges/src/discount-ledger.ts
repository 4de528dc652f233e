import type { Decimal, Page, PageRequest, Scope, Temporal } from '@tollgate/kernel'
import type { CouponLimits, CouponRedemption } from './model/promotions/coupon-redemption.ts'
import type { DiscountBooking } from './model/promotions/discount-booking.ts'

/** A redemption to record, and its limits. */
export interface NewRedemption extends CouponRedemption {
  readonly limits: CouponLimits
}

/** Totals of a promotion so far. */
export interface PromotionTotals {
  /** USD, taken off all booked charges. */
  readonly discounted: Decimal
  readonly redemptions: number
}

/** The tenant, and the customer if there is a single one, whose usage is charged. */
export interface RedemptionHolder {
  readonly tenantId: string
  readonly customerId: string | null
}

/** A charge that is void, such as an invoice. */
export interface ReleasedCharge {
  readonly tenantId: string
  readonly chargeId: string
  readonly releasedAt: Temporal.Instant
}

/** Which redemptions to return. `after` is a redemption id. */
export interface RedemptionQuery extends PageRequest {
  readonly promotion?: string
  readonly tenantId?: string
}

/**
 * Keeps the history of coupons and budgets. Append-only: redemptions, bookings and releases are never changed. A promotion is
 * identified by the name of its discount, so that a new version continues where the previous one stopped.
 */
export interface DiscountLedger {
  /**
   * Records all redemptions or none, and never more than a limit allows, also with concurrent callers. An earlier redemption
   * by the same holder is returned instead of the new one, and counts once, also if the limit is reached. Returns
   * redemptions in the order of the argument. Throws `CouponUsedUp`.
   */
  redeem(redemptions: readonly NewRedemption[]): Promise<readonly CouponRedemption[]>
  /** Returns the redemptions of these promotions that apply to a holder: by the tenant for all its usage, or for the customer. */
  redeemedBy(holder: RedemptionHolder, promotions: readonly string[]): Promise<readonly CouponRedemption[]>
  /** Returns redemptions, latest first. A tenant sees its own. */
  redemptions(scope: Scope, query: RedemptionQuery): Promise<Page<CouponRedemption>>
  /**
   * Books the discounts of a charge: all or none, never over a budget, and once per charge. Returns false if the same
   * discounts were booked before. Throws `BudgetUsedUp`, and `ChargeAlreadyBooked` if other discounts were.
   */
  book(booking: DiscountBooking): Promise<boolean>
  /**
   * Gives back to budgets what a charge took that is void: once, and it cannot be booked again. The booking stays. Returns false if nothing was booked, or it
   * was released before.
   */
  release(charge: ReleasedCharge): Promise<boolean>
  /** Returns the totals of these promotions. They are 0 for an unknown promotion. */
  totals(promotions: readonly string[]): Promise<ReadonlyMap<string, PromotionTotals>>
}
