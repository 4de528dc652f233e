import type { Fields } from '../../drafts/read-draft.ts'
import type { Numeral, NumeralBounds } from '../../numbers/numeral.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The customer redeemed a code within its limits. Codes are compared without case and surrounding spaces. */
export interface CouponCondition {
  readonly kind: 'coupon'
  readonly code: string
  readonly maximumRedemptions: number | undefined
  readonly maximumRedemptionsPerCustomer: number | undefined
}

/** Input of a coupon. Limits default to none. */
export interface CouponDraft {
  readonly kind: 'coupon'
  readonly code: string
  readonly maximumRedemptions?: Numeral | null | undefined
  readonly maximumRedemptionsPerCustomer?: Numeral | null | undefined
}

const REDEMPTIONS: NumeralBounds = { from: 1, to: Number.MAX_SAFE_INTEGER, scale: 0 }

/** Reads a coupon condition. */
export function readCoupon(fields: Fields): CouponCondition {
  return {
    kind: 'coupon',
    code: fields.text('code'),
    maximumRedemptions: readLimit(fields, 'maximumRedemptions'),
    maximumRedemptionsPerCustomer: readLimit(fields, 'maximumRedemptionsPerCustomer'),
  }
}

/** Whether a code is that of a coupon, without case and surrounding spaces. */
export function isCouponCode({ code }: Pick<CouponCondition, 'code'>, entered: string): boolean {
  return plain(entered) === plain(code)
}

/** Returns why the coupon of the discount `id` does not apply; undefined if it does. A limit requires a known count. */
export function unmetCoupon(
  { code, maximumRedemptions, maximumRedemptionsPerCustomer }: CouponCondition,
  { couponCodes, partFrom, discountStates }: DiscountFacts,
  id: string,
): string | undefined {
  const state = Object.hasOwn(discountStates, id) ? discountStates[id] : undefined
  const { redeemedAt } = state ?? {}
  if (redeemedAt !== undefined && redeemedAt.epochNanoseconds <= partFrom.epochNanoseconds) return undefined
  if (!couponCodes.some(entered => isCouponCode({ code }, entered))) {
    return redeemedAt === undefined ? 'its coupon was not redeemed, and its code was not entered' : `its coupon was redeemed later, at ${redeemedAt.toString()}`
  }
  return usedUp(maximumRedemptions, state?.redemptions) ?? usedUp(maximumRedemptionsPerCustomer, state?.customerRedemptions, ' by this customer')
}

/** Whether the coupon cannot be redeemed any more, or it is unknown whether it can. */
export function isUsedUp(
  { maximumRedemptions, maximumRedemptionsPerCustomer }: CouponCondition,
  state: { readonly redemptions?: Numeral | null | undefined; readonly customerRedemptions?: Numeral | null | undefined } | undefined,
): boolean {
  const isOver = (limit: number | undefined, redemptions: Numeral | null | undefined) => limit !== undefined && Number(redemptions ?? limit) >= limit
  return isOver(maximumRedemptions, state?.redemptions) || isOver(maximumRedemptionsPerCustomer, state?.customerRedemptions)
}

function usedUp(limit: number | undefined, redemptions: number | undefined, by = ''): string | undefined {
  if (limit === undefined) return undefined
  if (redemptions === undefined) return `the number of redemptions of its coupon${by} is unknown, and the limit is ${limit}`
  return redemptions < limit ? undefined : `its coupon was redeemed ${redemptions} of ${limit} times${by}`
}

function readLimit(fields: Fields, name: string): number | undefined {
  const limit = fields.optionalNumeral(name, REDEMPTIONS)
  return limit === undefined ? undefined : Number(limit.toFixed())
}

function plain(code: string): string {
  return code.trim().toUpperCase()
}
