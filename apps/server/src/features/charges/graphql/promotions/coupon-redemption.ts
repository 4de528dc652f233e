import type { CouponRedemption } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { TenantRef } from '../../../accounts/graphql/tenant.ts'

/** That a coupon was redeemed. */
export const CouponRedemptionRef = builder.objectRef<CouponRedemption>('CouponRedemption').implement({
  description: 'That a tenant redeemed a coupon, for itself or one of its customers. Its discount holds from then on.',
  fields: t => ({
    discount: t.exposeString('promotion', { description: 'The name of the discount, which all its versions share.' }),
    code: t.exposeString('code', { description: 'The code, as the discount has it.' }),
    tenant: t.field({ type: TenantRef, description: 'Who redeemed it.', resolve: ({ tenantId }) => tenantId }),
    customerId: t.exposeString('customerId', { nullable: true, description: "The tenant's customer that it is for; null for all that the tenant uses." }),
    redeemedAt: t.expose('redeemedAt', { type: 'DateTime', description: 'When: what was used before is without it.' }),
  }),
})
