import type { Period } from '@tollgate/kernel'
import { isKnownToTenant } from './engine/rules/known-discounts.ts'
import { OPERATOR_VIEWER } from './model/promotions/charge-viewer.ts'
import type { ChargeRules } from './charge-rules.ts'
import type { ChargedUsageReader } from './charged-usage-reader.ts'
import type { ChargeContext } from './engine/charge/charge-context.ts'
import { canDiscountApply } from './engine/rules/can-discount-apply.ts'
import type { ChargeRulePart } from './engine/rules/charge-rule-parts.ts'
import type { ChargeRuleLookup } from './engine/rules/charge-rules-in-effect.ts'
import { redemptionTimes } from './engine/rules/redemption-times.ts'
import { loadDiscountStates } from './load-discount-states.ts'
import { loadRuleParts } from './load-rule-parts.ts'
import type { Discount } from './model/discounts/discount.ts'
import { planAt, type PlanHistory } from './model/plans/plan-history.ts'
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
 * Loads the rules that apply to a selection for a tenant with these plans. The range is cut where the plan or rules change, where a coupon was
 * redeemed, and where time-based discounts start and end. If the selection names a time, the rules of that time apply to
 * the whole range.
 */
export async function loadPeriodRules(
  dependencies: PeriodRulesDependencies,
  { tenantId, range, filter, at, couponCodes, viewer = OPERATOR_VIEWER }: UsageSelection,
  plans: PlanHistory,
): Promise<PeriodRules> {
  const { rules } = dependencies
  // First without cuts by time, to learn which discounts there are.
  const uncut = at
    ? [await partAt(rules, { at, range, tenantId, plan: planAt(plans, at) })]
    : await loadRuleParts(rules, { range, tenantId, plans, discountsOf: () => ({ canApply: () => false }) })
  const discounts = [...new Map(uncut.flatMap(part => part.rules.discounts).map(discount => [discount.id, discount])).values()]
  const dimensions = sharedDimensions(filter)
  const loaded = await loadDiscountStates(dependencies, discounts, { tenantId, customerId: dimensions['customer'] ?? null, period: range })
  const cuts = redemptionTimes(loaded.discountStates ?? {})
  const factsOf = (plan: string | null) => ({ billingTier: plan, couponCodes: couponCodes ?? [], range, ...loaded })
  const canApplyTo = (plan: string | null) => (discount: Discount) => canDiscountApply(discount, factsOf(plan))
  // Others cannot apply, so that the charge is the same without them.
  const includesFor = (plan: string | null) => (viewer.kind === 'operator' ? undefined : (discount: Discount) => isKnownToTenant(discount, factsOf(plan)))
  const discountsOf = (plan: string | null) => ({ canApply: canApplyTo(plan), includes: includesFor(plan) })
  const cutParts = () => (discounts.length === 0 ? uncut : loadRuleParts(rules, { range, tenantId, plans, cuts, discountsOf }))
  const parts = at ? uncut.map(part => withDiscounts(part, includesFor(part.plan))) : await cutParts()
  const plan = parts[0]?.plan ?? null
  return {
    parts,
    canApply: discount => parts.some(part => canApplyTo(part.plan)(discount)),
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

async function partAt(rules: Pick<ChargeRules, 'inEffect'>, { range, ...lookup }: ChargeRuleLookup & { readonly range: Period }): Promise<ChargeRulePart> {
  return { range, rules: await rules.inEffect(lookup), plan: lookup.plan }
}

function withDiscounts({ rules, ...part }: ChargeRulePart, includes: ((discount: Discount) => boolean) | undefined): ChargeRulePart {
  return { ...part, rules: includes === undefined ? rules : { ...rules, discounts: rules.discounts.filter(includes) } }
}
