import { DomainError } from '@tollgate/kernel'

/** No discount for this tenant asks for the coupon code. */
export class UnknownCoupon extends DomainError<'UNKNOWN_COUPON'> {
  constructor(coupon: string) {
    super(
      'UNKNOWN_COUPON',
      `There is no coupon ${JSON.stringify(coupon.slice(0, 100))} for this tenant. Check its spelling; upper and lower case are the same.`,
    )
  }
}

/** The coupon is known, and cannot be redeemed at this time. */
export class CouponNotValid extends DomainError<'COUPON_NOT_VALID'> {
  constructor(coupon: string, reason: string) {
    super('COUPON_NOT_VALID', `The coupon ${JSON.stringify(coupon)} cannot be redeemed now: ${reason}.`)
  }
}

/** A coupon was redeemed as often as it may be. Nothing was redeemed. */
export class CouponUsedUp extends DomainError<'COUPON_USED_UP'> {
  constructor(coupon: string, limit: number, by: 'all' | 'tenant') {
    super('COUPON_USED_UP', `The coupon ${JSON.stringify(coupon)} was redeemed ${limit} of ${limit} times${by === 'all' ? '' : ' by this tenant'}.`)
  }
}

/** A promotion has less left than a charge would take of it. Nothing was booked. */
export class BudgetUsedUp extends DomainError<'BUDGET_USED_UP'> {
  constructor(promotion: string, left: string, amount: string) {
    super(
      'BUDGET_USED_UP',
      `The promotion ${JSON.stringify(promotion)} has ${left} left of its budget, and the charge would take ${amount}. Nothing was booked; work the charge out again.`,
    )
  }
}

/** A charge was booked before, with other discounts. Nothing was booked. */
export class ChargeBookedOtherwise extends DomainError<'CHARGE_BOOKED_OTHERWISE'> {
  constructor(chargeId: string) {
    super(
      'CHARGE_BOOKED_OTHERWISE',
      `The charge ${JSON.stringify(chargeId)} was booked before, with other discounts. What is booked stands; a correction is a charge of its own.`,
    )
  }
}
