import type { Discount } from '../../model/discounts/discount.ts'
import { isCouponCode } from '../../model/discounts/conditions/coupon.ts'
import type { ChargeContext } from '../charge/charge-context.ts'

/** Facts that do not change within a period. */
interface LastingFacts extends Pick<ChargeContext, 'discountStates' | 'firstTimeCustomer'> {
  readonly billingTier: string | null
  readonly couponCodes: readonly string[]
}

/**
 * Returns whether a discount can apply at any time of a period. One that cannot, such as a discount for another tier or
 * with a coupon that was not redeemed, does not cut the period.
 */
export function canDiscountApply({ id, conditions }: Discount, { billingTier, couponCodes, discountStates, firstTimeCustomer }: LastingFacts): boolean {
  return conditions.every(condition => {
    switch (condition.kind) {
      case 'billing-tier':
        return billingTier !== null && condition.anyOf.includes(billingTier)
      case 'first-time-customer':
        return firstTimeCustomer !== false
      case 'coupon':
        return (discountStates?.[id]?.redeemedAt ?? undefined) !== undefined || couponCodes.some(code => isCouponCode(condition, code))
      default:
        return true
    }
  })
}
