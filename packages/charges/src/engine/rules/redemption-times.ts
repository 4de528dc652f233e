import type { Temporal } from '@tollgate/kernel'
import { readTime } from '@tollgate/kernel/input'
import type { DiscountStateDraft } from '../charge/charge-context.ts'

/** Returns when the coupons of these discounts were redeemed. A period is cut at these times. */
export function redemptionTimes(discountStates: Readonly<Record<string, DiscountStateDraft>>): readonly Temporal.Instant[] {
  return Object.values(discountStates).flatMap(({ redeemedAt }) => readTime(redeemedAt) ?? [])
}
