import type { ChargeRules } from './charge-rules.ts'
import type { ChargeRulePart, ChargeRuleRange } from './engine/rules/charge-rule-parts.ts'
import { checkPartCount } from './engine/rules/cut-by-time.ts'
import { type PlanHistory, planPeriods } from './model/plans/plan-history.ts'

/** A range of a tenant, and the plans that it has in it. */
export interface PlansInRange extends Pick<ChargeRuleRange, 'range' | 'tenantId' | 'cuts' | 'withoutDiscounts'> {
  readonly plans: PlanHistory
  /** What decides about discounts for a tenant on a plan. */
  readonly discountsOf?: (plan: string | null) => Pick<ChargeRuleRange, 'canApply' | 'includes'>
}

/** Loads the rules of a range, cut where the plan of the tenant changes too. Throws `InvalidInput` for too many parts. */
export async function loadRuleParts(
  rules: Pick<ChargeRules, 'partsOf'>,
  { plans, range, discountsOf, ...lookup }: PlansInRange,
): Promise<readonly ChargeRulePart[]> {
  const periods = planPeriods(plans, range)
  const parts = (await Promise.all(periods.map(async period => rules.partsOf({ ...lookup, ...discountsOf?.(period.plan), ...period })))).flat()
  checkPartCount(parts.length)
  return parts
}
