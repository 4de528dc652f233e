import type { Decimal, Scope, Temporal } from '@tollgate/kernel'
import type { CouponLimits, CouponRedemption } from './model/promotions/coupon-redemption.ts'

/** A redemption to be kept, and the limits that it must keep within. */
export interface NewRedemption extends CouponRedemption {
  readonly limits: CouponLimits
}

/** What discounts took off one charge that is final. */
export interface DiscountBooking {
  readonly tenantId: string
  /** The caller's name for the charge, unique in the tenant: an invoice's id. */
  readonly chargeId: string
  readonly bookedAt: Temporal.Instant
  readonly discounts: readonly BookedDiscount[]
}

/** What one discount took off. */
export interface BookedDiscount {
  /** The discount's name, which all its versions share. */
  readonly promotion: string
  /** The version: "launch v2". */
  readonly rule: string
  readonly amount: Decimal
  /** The most that the promotion may give in all; undefined where it has no budget. */
  readonly budget: Decimal | undefined
}

/** What a promotion came to so far. */
export interface PromotionTotals {
  /** USD, of all charges that were booked. */
  readonly given: Decimal
  readonly redemptions: number
}

/** Whose redemptions hold for a charge. */
export interface RedemptionHolder {
  readonly tenantId: string
  /** The customer whose use is charged; null where the charge is of no single one. */
  readonly customerId: string | null
}

/** Which redemptions are listed. */
export interface RedemptionQuery {
  readonly promotion?: string
  readonly tenantId?: string
  readonly first: number
  /** Continues behind the redemption with this id. */
  readonly after?: string
}

/** Some redemptions, and whether there are more behind them. */
export interface RedemptionPage {
  readonly redemptions: readonly CouponRedemption[]
  readonly hasMore: boolean
}

/**
 * Keeps what coupons and promotions came to. Append-only: nothing that was redeemed or booked is changed. Promotions are
 * known by the discount's name, so that a new version of one goes on with what the versions before it gave.
 */
export interface DiscountLedger {
  /**
   * Redeems all of them or none, and never more than a limit, whoever else redeems at the same time. What its holder
   * redeemed before stays as it is, counts once, and is answered in place of the new one, also where the limit is
   * reached. In the order given. Throws `CouponUsedUp`.
   */
  redeem(redemptions: readonly NewRedemption[]): Promise<readonly CouponRedemption[]>
  /** Of these promotions, what the holder redeemed: for the tenant as a whole, or for the customer. */
  redeemedBy(holder: RedemptionHolder, promotions: readonly string[]): Promise<readonly CouponRedemption[]>
  /** The last redeemed first. A tenant sees its own. */
  redemptions(scope: Scope, query: RedemptionQuery): Promise<RedemptionPage>
  /**
   * Books what was taken off a charge: all of it or nothing, never over a budget, and once for each charge. Answers
   * whether it was booked now; false where the same was booked before. Throws `BudgetUsedUp`, and `ChargeBookedOtherwise`
   * where the charge was booked with other discounts.
   */
  book(booking: DiscountBooking): Promise<boolean>
  /** What these promotions came to; nothing given and no redemptions where nothing is kept of one. */
  totals(promotions: readonly string[]): Promise<ReadonlyMap<string, PromotionTotals>>
}
