import { DomainError } from '@tollgate/kernel'
import { CHARGE_CURRENCY } from './numbers/charge-currency.ts'

/** The code cannot be redeemed: no discount for the tenant requires it or, for a tenant, it is not valid now or used up. */
export class UnknownCoupon extends DomainError<'UNKNOWN_COUPON'> {
  constructor(coupon: string) {
    super(
      'UNKNOWN_COUPON',
      `There is no coupon ${JSON.stringify(coupon.slice(0, 100))} that this tenant can redeem now. Check the spelling and when it is valid; case does not matter.`,
    )
  }
}

/** A tenant tried too many coupon codes. Nothing was looked up. */
export class TooManyCouponAttempts extends DomainError<'TOO_MANY_ATTEMPTS'> {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('TOO_MANY_ATTEMPTS', `Too many coupon codes were tried. Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`)
    this.retryAfterMs = retryAfterMs
  }
}

/** The coupon exists, and cannot be redeemed at this time. A tenant gets `UnknownCoupon` instead. */
export class CouponNotValid extends DomainError<'COUPON_NOT_VALID'> {
  constructor(coupon: string, reason: string) {
    super('COUPON_NOT_VALID', `The coupon ${JSON.stringify(coupon)} cannot be redeemed now: ${reason}.`)
  }
}

/** The coupon has reached a redemption limit. Nothing was redeemed. */
export class CouponUsedUp extends DomainError<'COUPON_USED_UP'> {
  readonly by: 'all' | 'tenant'

  constructor(coupon: string, limit: number, by: 'all' | 'tenant') {
    super(
      'COUPON_USED_UP',
      `The coupon ${JSON.stringify(coupon)} has reached its limit of ${limit} ${limit === 1 ? 'redemption' : 'redemptions'}${by === 'all' ? '' : ' by this tenant'}.`,
    )
    this.by = by
  }
}

/** The charge has a larger discount than its promotion has budget left. Nothing was booked. */
export class BudgetUsedUp extends DomainError<'BUDGET_USED_UP'> {
  constructor(promotion: string, left: string, amount: string) {
    super(
      'BUDGET_USED_UP',
      `The promotion ${JSON.stringify(promotion)} has ${left} ${CHARGE_CURRENCY} of its budget left, but the discount is ${amount} ${CHARGE_CURRENCY}. Nothing was booked; rate the charge again.`,
    )
  }
}

/** The charge was booked before with other discounts. Nothing was booked. */
export class ChargeAlreadyBooked extends DomainError<'CHARGE_ALREADY_BOOKED'> {
  constructor(chargeId: string) {
    super(
      'CHARGE_ALREADY_BOOKED',
      `The charge ${JSON.stringify(chargeId)} was already booked with other discounts. Bookings are never changed; book a correction under its own charge id.`,
    )
  }
}
