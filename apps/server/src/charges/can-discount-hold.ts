import { type ChargeContext, type Discount, isCouponCode } from '@tollgate/charges'

/** What of whom is charged is the same over a whole range. */
interface LastingFacts extends Pick<ChargeContext, 'standings' | 'firstTimeCustomer'> {
  readonly billingTier: string | null
  readonly couponCodes: readonly string[]
}

/**
 * Whether a discount can be given at some time of a range. One that cannot, for another tier or with a coupon that was
 * not redeemed, need not cut the range by its hours: nobody's charge would be another for it.
 */
export function canDiscountHold({ id, conditions }: Discount, { billingTier, couponCodes, standings, firstTimeCustomer }: LastingFacts): boolean {
  return conditions.every(condition => {
    switch (condition.kind) {
      case 'billing-tier':
        return billingTier !== null && condition.anyOf.includes(billingTier)
      case 'first-time-customer':
        return firstTimeCustomer !== false
      case 'coupon':
        return (standings?.[id]?.redeemedAt ?? undefined) !== undefined || couponCodes.some(code => isCouponCode(condition, code))
      default:
        return true
    }
  })
}
