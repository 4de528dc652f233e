import type { CouponRedemption } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { TenantRef } from '../../../accounts/graphql/tenant.ts'

/** A redeemed coupon. */
export const CouponRedemptionRef = builder.objectRef<CouponRedemption>('CouponRedemption').implement({
  description: 'A coupon redeemed by a tenant, for itself or one of its customers. Its discount applies from then on.',
  fields: t => ({
    discount: t.exposeString('promotion', { description: 'Name of the discount, which all its versions share.' }),
    code: t.exposeString('code', { description: 'The code as defined.' }),
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'Tenant that redeemed the coupon.', resolve: ({ tenantId }) => tenantId }),
    customerId: t.exposeString('customerId', { nullable: true, description: "The tenant's customer. Null if the coupon applies to all usage of the tenant." }),
    redeemedAt: t.expose('redeemedAt', { type: 'DateTime', description: 'When the coupon was redeemed. Earlier usage has no discount.' }),
  }),
})
