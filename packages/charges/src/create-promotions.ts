import { type Clock, type IdSource, InvalidInput, type Issue, Temporal, toMicrosecond, ZERO } from '@tollgate/kernel'
import type { DiscountStandingDraft } from './engine/charge/charge-context.ts'
import type { ChargeRules } from './charge-rules.ts'
import { type CouponCondition, isCouponCode } from './model/discounts/conditions/coupon.ts'
import { unmetValidity } from './model/discounts/conditions/validity.ts'
import type { GivenDiscount } from './engine/discounts/apply-discounts.ts'
import type { Discount } from './model/discounts/discount.ts'
import { CouponNotValid, UnknownCoupon } from './errors.ts'
import type { CouponRedemption } from './model/promotions/coupon-redemption.ts'
import type { BookedDiscount, DiscountLedger, NewRedemption } from './discount-ledger.ts'
import type { CouponRequest, Promotions } from './promotions.ts'

/** What promotions are made of. */
export interface PromotionsDependencies {
  readonly ledger: DiscountLedger
  readonly rules: Pick<ChargeRules, 'inEffect'>
  readonly clock: Clock
  readonly ids: IdSource
}

const MAX_TEXT = 256
const MAX_PAGE = 1_000

/** Keeps coupons and budgets in a ledger; which discounts there are, and what they limit, the rules say. */
export function createPromotions({ ledger, rules, clock, ids }: PromotionsDependencies): Promotions {
  return {
    async redeemCoupon(request) {
      const { code, tenantId, plan, customerId = null } = checkRequest(request)
      const now = clock.now()
      const { discounts } = await rules.inEffect({ at: now, tenantId, plan })
      const asking = discounts.flatMap(discount =>
        couponsOf(discount)
          .filter(coupon => isCouponCode(coupon, code))
          .map(coupon => ({ discount, coupon })),
      )
      if (asking.length === 0) throw new UnknownCoupon(code)
      const valid = asking.filter(({ discount }) => invalidNow(discount, now) === undefined)
      const [first] = asking
      if (valid.length === 0 && first !== undefined) throw new CouponNotValid(first.coupon.code, invalidNow(first.discount, now) ?? '')
      return ledger.redeem(
        valid.map(({ discount, coupon }): NewRedemption => ({
          id: ids.uuidV7(now.epochMilliseconds),
          promotion: discount.promotion,
          code: coupon.code,
          tenantId,
          customerId,
          redeemedAt: toMicrosecond(now),
          limits: { inAll: coupon.maximumRedemptions, byTenant: coupon.maximumRedemptionsPerCustomer },
        })),
      )
    },

    async redemptions(scope, query) {
      const { first } = query
      if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
        throw new InvalidInput([{ path: 'first', message: `must be a whole number from 1 to ${MAX_PAGE}, not ${first}` }])
      }
      return ledger.redemptions(scope, query)
    },

    async standings(discounts, holder) {
      // Most tenants have neither: then nothing is read.
      const kept = discounts.filter(discount => discount.budget !== undefined || couponsOf(discount).length > 0)
      if (kept.length === 0) return {}
      const names = [...new Set(kept.map(({ promotion }) => promotion))]
      const [totals, redeemed] = await Promise.all([ledger.totals(names), ledger.redeemedBy(holder, names)])
      return Object.fromEntries(kept.map(discount => [discount.id, standingOf(discount, totals.get(discount.promotion), redeemed)]))
    },

    bookDiscounts: async ({ tenantId, chargeId, given }) =>
      ledger.book({ tenantId, chargeId: checkChargeId(chargeId), bookedAt: toMicrosecond(clock.now()), discounts: sumByRule(given) }),

    totals: promotions => ledger.totals([...new Set(promotions)]),
  }
}

function couponsOf({ conditions }: Discount): readonly CouponCondition[] {
  return conditions.filter(condition => condition.kind === 'coupon')
}

function invalidNow({ conditions }: Discount, now: Temporal.Instant): string | undefined {
  for (const condition of conditions) {
    const reason = condition.kind === 'validity' ? unmetValidity(condition, { partFrom: now }) : undefined
    if (reason !== undefined) return reason
  }
  return undefined
}

function standingOf(
  { budget, promotion }: Discount,
  totals: { readonly given: typeof ZERO; readonly redemptions: number } | undefined,
  redeemed: readonly CouponRedemption[],
): DiscountStandingDraft {
  const left = budget?.minus(totals?.given ?? ZERO)
  // Of the tenant's own and its customer's, the first: from then on it holds.
  const times = redeemed.filter(one => one.promotion === promotion).map(one => one.redeemedAt)
  const [redeemedAt] = times.toSorted(Temporal.Instant.compare)
  return {
    ...(left && { remainingBudget: left.isNegative() ? ZERO : left }),
    redemptions: totals?.redemptions ?? 0,
    customerRedemptions: times.length,
    redeemedAt,
  }
}

/** One booking for each version, as one charge may have it several times: of several models, or parts of a period. */
function sumByRule(given: readonly GivenDiscount[]): readonly BookedDiscount[] {
  return [...Map.groupBy(given, ({ id }) => id).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ promotion: first.promotion, rule: first.id, amount: others.reduce((sum, { amount }) => sum.plus(amount), first.amount), budget: first.budget }],
  )
}

function checkRequest(request: CouponRequest): CouponRequest {
  const issues: Issue[] = [
    ...checkText('code', request.code),
    ...(request.customerId === null || request.customerId === undefined ? [] : checkText('customerId', request.customerId)),
  ]
  if (issues.length > 0) throw new InvalidInput(issues)
  return request
}

function checkChargeId(chargeId: string): string {
  const issues = checkText('chargeId', chargeId)
  if (issues.length > 0) throw new InvalidInput(issues)
  return chargeId
}

function checkText(path: string, text: string): Issue[] {
  if (text.trim() !== '' && text.length <= MAX_TEXT && !/\p{C}/u.test(text)) return []
  return [{ path, message: `must be text of 1 to ${MAX_TEXT} characters, none of them a control character` }]
}
