import { CouponUsedUp } from '../errors.ts'
import type { CouponLimits } from './coupon-redemption.ts'

/** How often the coupon of a promotion was redeemed: by all tenants, and by one tenant and its customers. */
export interface RedemptionCounts {
  readonly total: number
  readonly perTenant: number
}

/** Throws `CouponUsedUp` if one more redemption would exceed a limit. The total limit is reported first. */
export function checkRedemptionLimits(code: string, limits: CouponLimits, redeemed: RedemptionCounts): void {
  if (limits.total !== undefined && redeemed.total >= limits.total) throw new CouponUsedUp(code, limits.total, 'all')
  if (limits.perTenant !== undefined && redeemed.perTenant >= limits.perTenant) throw new CouponUsedUp(code, limits.perTenant, 'tenant')
}
