import type { Temporal } from '@tollgate/kernel'

/** That a tenant redeemed a coupon, for itself or for one of its customers: from then on the promotion holds for what they use. Never changed. */
export interface CouponRedemption {
  /** A UUIDv7 of the time of redemption. */
  readonly id: string
  /** The name of the discount that asks for the code. */
  readonly promotion: string
  /** As the discount has it. */
  readonly code: string
  readonly tenantId: string
  /** The tenant's own customer that it is for; null for all that the tenant uses. */
  readonly customerId: string | null
  readonly redeemedAt: Temporal.Instant
}

/** How often a coupon can be redeemed; no limit where none is given. */
export interface CouponLimits {
  readonly inAll: number | undefined
  /** For itself and its customers together. */
  readonly byTenant: number | undefined
}
