import { isKnownToTenant } from './engine/rules/known-discounts.ts'
import { OPERATOR_VIEWER } from './model/promotions/charge-viewer.ts'
import type { ChargeRules } from './charge-rules.ts'
import type { ChargedUsageReader } from './charged-usage-reader.ts'
import type { ChargeContext } from './engine/charge/charge-context.ts'
import { canDiscountApply } from './engine/rules/can-discount-apply.ts'
import type { ChargeRulePart } from './engine/rules/charge-rule-parts.ts'
import { redemptionTimes } from './engine/rules/redemption-times.ts'
import { loadDiscountStates } from './load-discount-states.ts'
import type { Discount } from './model/discounts/discount.ts'
import { sharedDimensions } from './model/usage/usage-filter.ts'
import type { UsageSelection } from './model/usage/usage-selection.ts'
import type { Promotions } from './promotions.ts'

/** The rules that apply to a period. */
export interface PeriodRules {
  /** Adjoining parts that cover the range. */
  readonly parts: readonly ChargeRulePart[]
  readonly context: ChargeContext
  /** Whether a discount can apply at any time of the range. */
  readonly canApply: (discount: Discount) => boolean
}

/** Dependencies of `loadPeriodRules`. */
export interface PeriodRulesDependencies {
  readonly usage: Pick<ChargedUsageReader, 'countEvents'>
  readonly rules: Pick<ChargeRules, 'inEffect' | 'partsOf'>
  readonly promotions: Pick<Promotions, 'discountStates'>
}

/**
 * Loads the rules that apply to a selection for a tenant on a plan. The range is cut where rules change, where a coupon was
 * redeemed, and where time-based discounts start and end. If the selection names a time, the rules of that time apply to
 * the whole range.
 */
export async function loadPeriodRules(
  dependencies: PeriodRulesDependencies,
  { tenantId, range, filter, at, couponCodes, viewer = OPERATOR_VIEWER }: UsageSelection,
  plan: string | null,
): Promise<PeriodRules> {
  const { rules } = dependencies
  // First without cuts by time, to learn which discounts there are.
  const uncut = at ? [{ range, rules: await rules.inEffect({ at, tenantId, plan }) }] : await rules.partsOf({ range, tenantId, plan, canApply: () => false })
  const discounts = [...new Map(uncut.flatMap(part => part.rules.discounts).map(discount => [discount.id, discount])).values()]
  const dimensions = sharedDimensions(filter)
  const loaded = await loadDiscountStates(dependencies, discounts, { tenantId, customerId: dimensions['customer'] ?? null, period: range })
  const cuts = redemptionTimes(loaded.discountStates ?? {})
  const facts = { billingTier: plan, couponCodes: couponCodes ?? [], range, ...loaded }
  const canApply = (discount: Discount) => canDiscountApply(discount, facts)
  // Others cannot apply, so that the charge is the same without them.
  const includes = viewer.kind === 'operator' ? undefined : (discount: Discount) => isKnownToTenant(discount, facts)
  return {
    parts: at ? uncut.map(part => withDiscounts(part, includes)) : await rules.partsOf({ range, tenantId, plan, cuts, canApply, includes }),
    canApply,
    context: {
      at: at ?? range.from,
      tenantId,
      plan,
      billingTier: plan,
      hidesBudgets: viewer.kind !== 'operator',
      dimensions,
      periodToDate: { quantity: 0, subtotal: 0 },
      ...loaded,
      ...(couponCodes && couponCodes.length > 0 && { couponCodes }),
    },
  }
}

function withDiscounts({ range, rules }: ChargeRulePart, includes: ((discount: Discount) => boolean) | undefined): ChargeRulePart {
  return { range, rules: includes === undefined ? rules : { ...rules, discounts: rules.discounts.filter(includes) } }
}
