import type { Fields } from '../../drafts/read-draft.ts'
import type { Numeral, NumeralBounds } from '../../numbers/numeral.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The customer gave a code, and it was not redeemed too often. Codes compare without regard to case or outer spaces. */
export interface CouponCondition {
  readonly kind: 'coupon'
  readonly code: string
  readonly maximumRedemptions: number | undefined
  readonly maximumRedemptionsPerCustomer: number | undefined
}

/** A coupon, to be defined; no limit where none is given. */
export interface CouponDraft {
  readonly kind: 'coupon'
  readonly code: string
  readonly maximumRedemptions?: Numeral | null | undefined
  readonly maximumRedemptionsPerCustomer?: Numeral | null | undefined
}

const REDEMPTIONS: NumeralBounds = { from: 1, to: Number.MAX_SAFE_INTEGER, scale: 0 }

/** Reads a coupon. */
export function readCoupon(fields: Fields): CouponCondition {
  return {
    kind: 'coupon',
    code: fields.text('code'),
    maximumRedemptions: readLimit(fields, 'maximumRedemptions'),
    maximumRedemptionsPerCustomer: readLimit(fields, 'maximumRedemptionsPerCustomer'),
  }
}

/** Whether a code is that of a coupon: without regard to case or outer spaces. */
export function isCouponCode({ code }: Pick<CouponCondition, 'code'>, given: string): boolean {
  return plain(given) === plain(code)
}

/** Why the coupon cannot be redeemed by the discount `id`; undefined where it can. A limit needs its count to be known. */
export function unmetCoupon(
  { code, maximumRedemptions, maximumRedemptionsPerCustomer }: CouponCondition,
  { couponCodes, partFrom, discountStates }: DiscountFacts,
  id: string,
): string | undefined {
  const standing = Object.hasOwn(discountStates, id) ? discountStates[id] : undefined
  const { redeemedAt } = standing ?? {}
  if (redeemedAt !== undefined && redeemedAt.epochNanoseconds <= partFrom.epochNanoseconds) return undefined
  if (!couponCodes.some(given => isCouponCode({ code }, given))) {
    return redeemedAt === undefined ? 'its coupon was not redeemed, and its code not given' : `its coupon was redeemed later, at ${redeemedAt.toString()}`
  }
  return (
    usedUp('its coupon', maximumRedemptions, standing?.redemptions) ??
    usedUp('its coupon, by this customer,', maximumRedemptionsPerCustomer, standing?.customerRedemptions)
  )
}

function usedUp(what: string, limit: number | undefined, redemptions: number | undefined): string | undefined {
  if (limit === undefined) return undefined
  if (redemptions === undefined) return `how often ${what} was redeemed is not known, and its limit is ${limit}`
  return redemptions < limit ? undefined : `${what} was redeemed ${redemptions} of ${limit} times`
}

function readLimit(fields: Fields, name: string): number | undefined {
  const limit = fields.optionalNumeral(name, REDEMPTIONS)
  return limit === undefined ? undefined : Number(limit.toFixed())
}

function plain(code: string): string {
  return code.trim().toUpperCase()
}
