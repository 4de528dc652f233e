import { CouponNotValid, type CouponRedemption, CouponUsedUp, UnknownCoupon } from '@tollgate/charges'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { CouponRedemptionRef } from './coupon-redemption.ts'

const RedeemCouponInputRef = builder.inputType('RedeemCouponInput', {
  description: 'A coupon to be redeemed.',
  fields: t => ({
    code: t.string({ required: true, description: 'The code; upper and lower case are the same.' }),
    tenantId: t.id({ description: 'Who redeems it; an operator key must name a tenant.' }),
    customerId: t.string({
      description: "The tenant's own customer that it is for, by the `customerId` of its events; for all that the tenant uses where it is left out.",
    }),
  }),
})

const RedeemCouponPayloadRef = builder.objectRef<{ redemptions: readonly CouponRedemption[] }>('RedeemCouponPayload').implement({
  description: 'The coupon is redeemed: its discounts hold from now on.',
  fields: t => ({
    redemptions: t.field({
      type: [CouponRedemptionRef],
      description: 'One for each discount that asks for the code; as they were, where it was redeemed before.',
      resolve: ({ redemptions }) => [...redemptions],
    }),
  }),
})

builder.mutationField('redeemCoupon', t =>
  t.field({
    type: RedeemCouponPayloadRef,
    authScopes: { can: 'usage:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, UnknownCoupon, CouponNotValid, CouponUsedUp] },
    description:
      'Redeems a coupon for a tenant, or for one of its customers: from now on its discounts are taken off what they use. Counts once for each, however often it is sent, and never more often than the coupon allows, whoever redeems it at the same time.',
    args: { input: t.arg({ type: RedeemCouponInputRef, required: true, description: 'The coupon, and for whom.' }) },
    resolve: async (_root, { input: { tenantId, code, customerId } }, context) => ({
      redemptions: await context.tollgate.promotions.redeemCoupon({ tenantId: await tenantOf(context, tenantId), code, customerId }),
    }),
  }),
)
