import { DomainError } from '@tollgate/kernel'
import { CHARGE_CURRENCY } from './numbers/charge-currency.ts'

/** No discount for the tenant requires this coupon code. */
export class UnknownCoupon extends DomainError<'UNKNOWN_COUPON'> {
  constructor(coupon: string) {
    super('UNKNOWN_COUPON', `There is no coupon ${JSON.stringify(coupon.slice(0, 100))} for this tenant. Check the spelling; case does not matter.`)
  }
}

/** The coupon exists, and cannot be redeemed at this time. */
export class CouponNotValid extends DomainError<'COUPON_NOT_VALID'> {
  constructor(coupon: string, reason: string) {
    super('COUPON_NOT_VALID', `The coupon ${JSON.stringify(coupon)} cannot be redeemed now: ${reason}.`)
  }
}

/** The coupon has reached a redemption limit. Nothing was redeemed. */
export class CouponUsedUp extends DomainError<'COUPON_USED_UP'> {
  constructor(coupon: string, limit: number, by: 'all' | 'tenant') {
    super(
      'COUPON_USED_UP',
      `The coupon ${JSON.stringify(coupon)} has reached its limit of ${limit} ${limit === 1 ? 'redemption' : 'redemptions'}${by === 'all' ? '' : ' by this tenant'}.`,
    )
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
