import { type Period, Temporal } from '@tollgate/kernel'
import type { ChargeContext } from '../charge/charge-context.ts'
import { isCouponCode, isUsedUp } from '../../model/discounts/conditions/coupon.ts'
import type { Discount } from '../../model/discounts/discount.ts'

/** What decides whether a tenant may know of a discount. */
export interface KnowledgeFacts extends Pick<ChargeContext, 'discountStates'> {
  readonly billingTier: string | null
  readonly couponCodes: readonly string[]
  readonly range: Period
}

/**
 * Whether a tenant may know of a discount: not if it is for other plans, and not if it needs a coupon that the tenant has not
 * redeemed. A code that was entered counts if it could be redeemed. Otherwise the answer is the same as for an unknown code.
 */
export function isKnownToTenant({ id, conditions }: Discount, { billingTier, couponCodes, discountStates, range }: KnowledgeFacts): boolean {
  const state = discountStates?.[id] ?? undefined
  const isRedeemed = (state?.redeemedAt ?? undefined) !== undefined
  const hasCoupon = conditions.some(({ kind }) => kind === 'coupon')
  return conditions.every(condition => {
    switch (condition.kind) {
      case 'billing-tier':
        return billingTier !== null && condition.anyOf.includes(billingTier)
      case 'coupon':
        return isRedeemed || (couponCodes.some(code => isCouponCode(condition, code)) && !isUsedUp(condition, state))
      case 'validity':
        return !hasCoupon || isRedeemed || overlaps(condition, range)
      default:
        return true
    }
  })
}

function overlaps({ from, to }: { readonly from: Temporal.Instant | undefined; readonly to: Temporal.Instant | undefined }, range: Period): boolean {
  return (!from || Temporal.Instant.compare(from, range.to) < 0) && (!to || Temporal.Instant.compare(to, range.from) > 0)
}
