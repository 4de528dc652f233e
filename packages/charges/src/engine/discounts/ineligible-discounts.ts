import { ZERO } from '@tollgate/kernel'
import { unmetCondition } from '../../model/discounts/conditions/condition.ts'
import { compareDiscounts, type Discount } from '../../model/discounts/discount.ts'
import { discountAmount } from './discount-amount.ts'
import type { DiscountFacts } from '../../model/discounts/facts/discount-facts.ts'
import { measureUsage, nameMeasure } from '../../model/discounts/facts/usage-measure.ts'

/** Why discounts are not given, before any of them is: unmet conditions, spent budgets, and lost comparisons. By id. */
export function ineligibleDiscounts(discounts: readonly Discount[], facts: DiscountFacts): ReadonlyMap<string, string> {
  const refused = new Map<string, string>()
  for (const discount of discounts) {
    const reason = refusal(discount, facts)
    if (reason !== undefined) refused.set(discount.id, reason)
  }
  const eligible = discounts.filter(({ id }) => !refused.has(id))
  for (const [group, members] of Map.groupBy(eligible, ({ stacking }) => (stacking.kind === 'best-of' ? stacking.group : undefined))) {
    if (group === undefined) continue
    const best = bestOf(members, facts)
    for (const { id } of members) if (id !== best?.id) refused.set(id, `${best?.id ?? 'another'} is the best of the group ${group}`)
  }
  return refused
}

function refusal(discount: Discount, facts: DiscountFacts): string | undefined {
  for (const condition of discount.conditions) {
    const reason = unmetCondition(condition, facts, discount.id)
    if (reason !== undefined) return reason
  }
  const { effect } = discount
  if (effect.kind === 'tiered' && measureUsage(effect.usage, facts) === undefined) return `${nameMeasure(effect.usage)} is not known`
  if (discount.budget === undefined) return undefined
  const remaining = Object.hasOwn(facts.discountStates, discount.id) ? facts.discountStates[discount.id]?.remainingBudget : undefined
  if (remaining === undefined) return 'what is left of its budget is not known'
  return remaining.gt(ZERO) ? undefined : 'its budget is used up'
}

/**
 * The member that takes most off the subtotal, its limits applied; of equals, the one that goes first. Compared on the
 * subtotal and not on what other discounts leave, so that the choice does not depend on them.
 */
function bestOf(members: readonly Discount[], facts: DiscountFacts): Discount | undefined {
  const { subtotal } = facts.charge
  const taken = new Map(members.map(member => [member.id, discountAmount(member, facts, { subtotal, remaining: subtotal }).taken]))
  return members.toSorted((one, other) => (taken.get(other.id) ?? ZERO).cmp(taken.get(one.id) ?? ZERO) || compareDiscounts(one, other))[0]
}
