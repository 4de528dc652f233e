import { type Decimal, scopeIncludes, toPage, ZERO } from '@tollgate/kernel'
import type { DiscountLedger, NewRedemption } from '../discount-ledger.ts'
import { BudgetUsedUp, ChargeAlreadyBooked } from '../model/errors.ts'
import { sumLines } from '../model/price-models/priced-line.ts'
import { checkRedemptionLimits } from '../model/promotions/check-redemption-limits.ts'
import type { CouponRedemption } from '../model/promotions/coupon-redemption.ts'
import { type DiscountBooking, haveSameDiscounts } from '../model/promotions/discount-booking.ts'

/** Keeps coupons and budgets in memory: for tests and examples. */
export function memoryDiscountLedger(): DiscountLedger {
  const redeemed: CouponRedemption[] = []
  const booked = new Map<string, DiscountBooking>()
  const released = new Set<string>()
  const discountedBy = (promotion: string): Decimal =>
    sumLines([...booked].flatMap(([key, { discounts }]) => (released.has(key) ? [] : discounts)).filter(discount => discount.promotion === promotion))

  return {
    async redeem(redemptions) {
      const answered: CouponRedemption[] = []
      for (const redemption of redemptions) answered.push(redeemOne([...redeemed, ...answered], redemption))
      redeemed.push(...new Set(answered.filter(one => !redeemed.includes(one))))
      return answered
    },

    redeemedBy: async ({ tenantId, customerId }, promotions) =>
      redeemed.filter(one => promotions.includes(one.promotion) && one.tenantId === tenantId && (one.customerId === null || one.customerId === customerId)),

    async redemptions(scope, { promotion, tenantId, first, after }) {
      const found = redeemed
        .filter(one => scopeIncludes(scope, one.tenantId))
        .filter(one => (promotion === undefined || one.promotion === promotion) && (tenantId === undefined || one.tenantId === tenantId))
        .filter(one => after === undefined || one.id < after)
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      return toPage(found, first)
    },

    async book(booking) {
      const key = JSON.stringify([booking.tenantId, booking.chargeId])
      const before = booked.get(key)
      if (before !== undefined) {
        if (!released.has(key) && haveSameDiscounts(before.discounts, booking.discounts)) return false
        throw new ChargeAlreadyBooked(booking.chargeId)
      }
      for (const [i, { promotion, amount, budget }] of booking.discounts.entries()) {
        const earlier = sumLines(booking.discounts.slice(0, i).filter(one => one.promotion === promotion))
        const left = budget?.minus(discountedBy(promotion)).minus(earlier)
        if (left?.lt(amount)) throw new BudgetUsedUp(promotion, (left.isNegative() ? ZERO : left).toFixed(), amount.toFixed())
      }
      booked.set(key, booking)
      return true
    },

    async release({ tenantId, chargeId }) {
      const key = JSON.stringify([tenantId, chargeId])
      if (!booked.has(key) || released.has(key)) return false
      released.add(key)
      return true
    },

    totals: async promotions =>
      new Map(
        promotions.map(promotion => {
          const redemptions = redeemed.filter(one => one.promotion === promotion).length
          return [promotion, { discounted: discountedBy(promotion), redemptions }]
        }),
      ),
  }
}

function redeemOne(kept: readonly CouponRedemption[], { limits, ...redemption }: NewRedemption): CouponRedemption {
  const { promotion, tenantId, customerId, code } = redemption
  const ofPromotion = kept.filter(one => one.promotion === promotion)
  const ofTenant = ofPromotion.filter(one => one.tenantId === tenantId)
  const before = ofTenant.find(one => one.customerId === customerId)
  if (before !== undefined) return before
  checkRedemptionLimits(code, limits, { total: ofPromotion.length, perTenant: ofTenant.length })
  return redemption
}
