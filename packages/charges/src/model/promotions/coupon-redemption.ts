import type { Temporal } from '@tollgate/kernel'

/** A coupon redeemed by a tenant, for itself or for one of its customers. Its discount applies from then on. Never changed. */
export interface CouponRedemption {
  /** A UUIDv7 of the time of redemption. */
  readonly id: string
  /** The name of the discount that requires the code. */
  readonly promotion: string
  /** As defined in the discount. */
  readonly code: string
  readonly tenantId: string
  /** The tenant's customer. Null if it applies to all usage of the tenant. */
  readonly customerId: string | null
  readonly redeemedAt: Temporal.Instant
}

/** How often a coupon can be redeemed. Undefined means no limit. */
export interface CouponLimits {
  readonly total: number | undefined
  /** For the tenant and its customers together. */
  readonly perTenant: number | undefined
}
