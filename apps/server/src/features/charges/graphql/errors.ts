import { CouponNotValid, CouponUsedUp, TooManyCouponAttempts, UnknownCoupon } from '@tollgate/charges'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'

builder.objectType(UnknownCoupon, {
  name: 'UnknownCouponError',
  description: 'The tenant cannot redeem this code: it does not exist, is for others, is not valid now, or is used up.',
  interfaces: [ErrorInterface],
})

builder.objectType(CouponNotValid, {
  name: 'CouponNotValidError',
  description: 'The coupon is not valid yet, or has expired. Only for operators; a tenant gets `UnknownCouponError`.',
  interfaces: [ErrorInterface],
})

builder.objectType(CouponUsedUp, {
  name: 'CouponUsedUpError',
  description: 'The coupon has reached a redemption limit. Nothing was redeemed.',
  interfaces: [ErrorInterface],
})

builder.objectType(TooManyCouponAttempts, {
  name: 'TooManyCouponAttemptsError',
  description: 'The key or the tenant tried too many coupon codes. Nothing was looked up.',
  interfaces: [ErrorInterface],
  fields: t => ({ retryAfterMs: t.exposeInt('retryAfterMs', { description: 'Milliseconds to wait before the next attempt.' }) }),
})
