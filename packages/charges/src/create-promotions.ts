import { checkShape, inputShape } from '@tollgate/kernel/input'
import { checkPageSize, checkText, type IdSource, InvalidInput, Temporal, type TenantClock, toMicrosecond, ZERO } from '@tollgate/kernel'
import type { ChargeRules } from './charge-rules.ts'
import type { ChargedTenants } from './charged-tenants.ts'
import type { DiscountLedger, NewRedemption, PromotionTotals } from './discount-ledger.ts'
import type { DiscountStateDraft } from './engine/charge/charge-context.ts'
import type { CouponAttempts } from './coupon-attempts.ts'
import { OPERATOR_VIEWER } from './model/promotions/charge-viewer.ts'
import { CouponNotValid, CouponUsedUp, UnknownCoupon } from './model/errors.ts'
import { findTenant } from './find-tenant.ts'
import type { AppliedDiscount } from './model/discounts/applied-discount.ts'
import { type CouponCondition, isCouponCode } from './model/discounts/conditions/coupon.ts'
import { unmetValidity } from './model/discounts/conditions/validity.ts'
import type { Discount } from './model/discounts/discount.ts'
import type { CouponRedemption } from './model/promotions/coupon-redemption.ts'
import type { BookedDiscount } from './model/promotions/discount-booking.ts'
import type { CouponRequest, Promotions } from './promotions.ts'

/** Dependencies of `createPromotions`. */
export interface PromotionsDependencies {
  readonly ledger: DiscountLedger
  readonly rules: Pick<ChargeRules, 'inEffect'>
  readonly tenants: ChargedTenants
  readonly clock: TenantClock
  readonly ids: IdSource
  /** Share it with `createCharges`. Without it, attempts at codes are not limited. */
  readonly attempts?: CouponAttempts | undefined
}

const TEXT = { max: 256, visibleOnly: true }
const PAGE_SIZE = { default: 20, max: 1_000 }

const OPTIONS = inputShape<PromotionsDependencies>({
  ledger: 'object',
  rules: 'object',
  tenants: 'anything',
  clock: 'object',
  ids: 'object',
  attempts: 'object?',
})
const REQUEST = inputShape<CouponRequest>({ code: 'text', tenantId: 'text', customerId: 'text?', viewer: 'object?' })

/**
 * Creates the service for coupons and budgets. Discounts and their limits come from the rules; their history is in the ledger. Throws
 * `InvalidInput` for options that it does not have, or that are missing.
 */
export function createPromotions(options: PromotionsDependencies): Promotions {
  checkShape(OPTIONS, options)
  const { ledger, rules, tenants, clock, ids, attempts } = options
  async function redeem({ code, tenantId, customerId = null }: CouponRequest): Promise<readonly CouponRedemption[]> {
    const { plan } = await findTenant(tenants, tenantId)
    const now = clock.now(tenantId)
    const { discounts } = await rules.inEffect({ at: now, tenantId, plan })
    const matching = discounts.flatMap(discount =>
      couponsOf(discount)
        .filter(coupon => isCouponCode(coupon, code))
        .map(coupon => ({ discount, coupon })),
    )
    if (matching.length === 0) throw new UnknownCoupon(code)
    const valid = matching.filter(({ discount }) => whyInvalid(discount, now) === undefined)
    const [first] = matching
    if (valid.length === 0 && first !== undefined) throw new CouponNotValid(first.coupon.code, whyInvalid(first.discount, now) ?? '')
    return ledger.redeem(
      valid.map(({ discount, coupon }): NewRedemption => ({
        id: ids.uuidV7(now.epochMilliseconds),
        promotion: discount.promotion,
        code: coupon.code,
        tenantId,
        customerId,
        redeemedAt: toMicrosecond(now),
        limits: { total: coupon.maximumRedemptions, perTenant: coupon.maximumRedemptionsPerCustomer },
      })),
    )
  }

  return {
    async redeemCoupon(request) {
      const { viewer = OPERATOR_VIEWER, code } = checkRequest(request)
      attempts?.take(viewer, 1)
      const redeemed = await redeem(request).catch((error: unknown) => {
        throw viewer.kind === 'tenant' && tellsOfCoupon(error) ? new UnknownCoupon(code) : error
      })
      attempts?.giveBack(viewer)
      return redeemed
    },

    redemptions: async (scope, query) => ledger.redemptions(scope, { ...query, first: checkPageSize(query.first, PAGE_SIZE) }),

    async discountStates(discounts, holder) {
      const tracked = discounts.filter(discount => discount.budget !== undefined || couponsOf(discount).length > 0)
      if (tracked.length === 0) return {}
      const names = [...new Set(tracked.map(({ promotion }) => promotion))]
      const [totals, redeemed] = await Promise.all([ledger.totals(names), ledger.redeemedBy(holder, names)])
      return Object.fromEntries(tracked.map(discount => [discount.id, stateOf(discount, totals.get(discount.promotion), redeemed)]))
    },

    bookDiscounts: async ({ tenantId, chargeId, discounts }) =>
      ledger.book({ tenantId, chargeId: checkChargeId(chargeId), bookedAt: toMicrosecond(clock.now(tenantId)), discounts: sumByRule(discounts) }),

    totals: promotions => ledger.totals([...new Set(promotions)]),
  }
}

/** Whether an error would tell a tenant that a code exists that it has not redeemed. */
function tellsOfCoupon(error: unknown): boolean {
  return error instanceof CouponNotValid || (error instanceof CouponUsedUp && error.by === 'all')
}

function couponsOf({ conditions }: Discount): readonly CouponCondition[] {
  return conditions.filter(condition => condition.kind === 'coupon')
}

function whyInvalid({ conditions }: Discount, now: Temporal.Instant): string | undefined {
  for (const condition of conditions) {
    const reason = condition.kind === 'validity' ? unmetValidity(condition, { partFrom: now }) : undefined
    if (reason !== undefined) return reason
  }
  return undefined
}

function stateOf({ budget, promotion }: Discount, totals: PromotionTotals | undefined, redeemed: readonly CouponRedemption[]): DiscountStateDraft {
  const left = budget?.minus(totals?.discounted ?? ZERO)
  // A coupon of the tenant and one of its customer both count; the earlier one is in effect first.
  const times = redeemed.filter(one => one.promotion === promotion).map(one => one.redeemedAt)
  const [redeemedAt] = times.toSorted(Temporal.Instant.compare)
  return {
    ...(left && { remainingBudget: left.isNegative() ? ZERO : left }),
    redemptions: totals?.redemptions ?? 0,
    customerRedemptions: times.length,
    redeemedAt,
  }
}

/** Adds up the amounts of each version, which a charge can have several times: for several models, or parts of a period. */
function sumByRule(discounts: readonly AppliedDiscount[]): readonly BookedDiscount[] {
  return [...Map.groupBy(discounts, ({ id }) => id).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ promotion: first.promotion, rule: first.id, amount: others.reduce((sum, { amount }) => sum.plus(amount), first.amount), budget: first.budget }],
  )
}

function checkRequest(request: CouponRequest): CouponRequest {
  checkShape(REQUEST, request)
  const { code, customerId } = request
  const issues = [...checkText('code', code, TEXT), ...(typeof customerId === 'string' ? checkText('customerId', customerId, TEXT) : [])]
  if (issues.length > 0) throw new InvalidInput(issues)
  return request
}

function checkChargeId(chargeId: string): string {
  const issues = checkText('chargeId', chargeId, TEXT)
  if (issues.length > 0) throw new InvalidInput(issues)
  return chargeId
}
