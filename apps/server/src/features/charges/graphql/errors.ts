import { CouponNotValid, CouponUsedUp, UnknownCoupon } from '@tollgate/charges'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'

builder.objectType(UnknownCoupon, {
  name: 'UnknownCouponError',
  description: 'No discount for the tenant requires this coupon code.',
  interfaces: [ErrorInterface],
})

builder.objectType(CouponNotValid, {
  name: 'CouponNotValidError',
  description: 'The coupon is not valid yet, or has expired.',
  interfaces: [ErrorInterface],
})

builder.objectType(CouponUsedUp, {
  name: 'CouponUsedUpError',
  description: 'The coupon has reached a redemption limit. Nothing was redeemed.',
  interfaces: [ErrorInterface],
})
