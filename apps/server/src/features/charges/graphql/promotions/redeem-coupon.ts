import { CouponNotValid, type CouponRedemption, CouponUsedUp, TooManyCouponAttempts, UnknownCoupon } from '@tollgate/charges'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { CouponRedemptionRef } from './coupon-redemption.ts'

const RedeemCouponInputRef = builder.inputType('RedeemCouponInput', {
  description: 'A coupon to redeem.',
  fields: t => ({
    code: t.string({ required: true, description: 'The code. Case does not matter.' }),
    tenantId: t.id({ description: 'Tenant that redeems the coupon. Required with an operator key.' }),
    customerId: t.string({
      description: "The tenant's customer, by the `customerId` of its events. Defaults to all usage of the tenant.",
    }),
  }),
})

const RedeemCouponPayloadRef = builder.objectRef<{ redemptions: readonly CouponRedemption[] }>('RedeemCouponPayload').implement({
  description: 'The redeemed coupon. Its discounts apply from now on.',
  fields: t => ({
    redemptions: t.field({
      type: [CouponRedemptionRef],
      description: 'One for each discount that requires the code. Earlier redemptions are returned unchanged.',
      resolve: ({ redemptions }) => [...redemptions],
    }),
  }),
})

builder.mutationField('redeemCoupon', t =>
  t.field({
    type: RedeemCouponPayloadRef,
    audit: 'pricing.couponRedeemed',
    authScopes: { can: 'usage:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, UnknownCoupon, CouponNotValid, CouponUsedUp, TooManyCouponAttempts] },
    description:
      'Redeems a coupon for a tenant, or for one of its customers. Its discounts apply to usage from now on. Redeeming again changes nothing. Concurrent redemptions never exceed the limits of the coupon. A tenant can try 30 codes a minute and 500 a day with each key.',
    args: { input: t.arg({ type: RedeemCouponInputRef, required: true, description: 'The coupon to redeem.' }) },
    resolve: async (_root, { input: { tenantId, code, customerId } }, context) => ({
      redemptions: await context.tollgate.promotions.redeemCoupon({
        tenantId: await tenantOf(context, tenantId),
        code,
        customerId,
        viewer: context.viewer,
      }),
    }),
  }),
)
