import { CouponNotValid, CouponUsedUp, UnknownCoupon } from '@tollgate/charges'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'

builder.objectType(UnknownCoupon, {
  name: 'UnknownCouponError',
  description: 'No discount for the tenant asks for the coupon code.',
  interfaces: [ErrorInterface],
})

builder.objectType(CouponNotValid, {
  name: 'CouponNotValidError',
  description: 'The coupon cannot be redeemed yet, or no longer.',
  interfaces: [ErrorInterface],
})

builder.objectType(CouponUsedUp, {
  name: 'CouponUsedUpError',
  description: 'The coupon was redeemed as often as it may be. Nothing was redeemed.',
  interfaces: [ErrorInterface],
})
