import { scopeIncludes, ZERO } from '@tollgate/kernel'
import { BudgetUsedUp, ChargeBookedOtherwise, CouponUsedUp } from '../errors.ts'
import type { CouponRedemption } from '../model/promotions/coupon-redemption.ts'
import type { DiscountBooking, DiscountLedger, NewRedemption } from '../discount-ledger.ts'
import { sumLines } from '../model/price-models/priced-line.ts'
import { sameDiscounts } from '../same-discounts.ts'

/** Coupons and budgets in this process's memory: for tests and examples. */
export function memoryDiscountLedger(): DiscountLedger {
  const redeemed: CouponRedemption[] = []
  const booked = new Map<string, DiscountBooking>()
  const given = (promotion: string) =>
    [...booked.values()]
      .flatMap(({ discounts }) => discounts)
      .filter(discount => discount.promotion === promotion)
      .reduce((sum, { amount }) => sum.plus(amount), ZERO)

  const redeemOne = (kept: readonly CouponRedemption[], { limits, ...redemption }: NewRedemption): CouponRedemption => {
    const { promotion, tenantId, customerId, code } = redemption
    const ofPromotion = kept.filter(one => one.promotion === promotion)
    const ofTenant = ofPromotion.filter(one => one.tenantId === tenantId)
    const before = ofTenant.find(one => one.customerId === customerId)
    if (before !== undefined) return before
    if (limits.inAll !== undefined && ofPromotion.length >= limits.inAll) throw new CouponUsedUp(code, limits.inAll, 'all')
    if (limits.byTenant !== undefined && ofTenant.length >= limits.byTenant) throw new CouponUsedUp(code, limits.byTenant, 'tenant')
    return redemption
  }

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
      return { redemptions: found.slice(0, first), hasMore: found.length > first }
    },

    async book(booking) {
      const key = JSON.stringify([booking.tenantId, booking.chargeId])
      const before = booked.get(key)
      if (before !== undefined) {
        if (sameDiscounts(before.discounts, booking.discounts)) return false
        throw new ChargeBookedOtherwise(booking.chargeId)
      }
      for (const [i, { promotion, amount, budget }] of booking.discounts.entries()) {
        const earlier = sumLines(booking.discounts.slice(0, i).filter(one => one.promotion === promotion))
        const left = budget?.minus(given(promotion)).minus(earlier)
        if (left?.lt(amount)) throw new BudgetUsedUp(promotion, (left.isNegative() ? ZERO : left).toFixed(), amount.toFixed())
      }
      booked.set(key, booking)
      return true
    },

    totals: async promotions =>
      new Map(promotions.map(promotion => [promotion, { given: given(promotion), redemptions: redeemed.filter(one => one.promotion === promotion).length }])),
  }
}
