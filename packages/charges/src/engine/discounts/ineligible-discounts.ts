import { ZERO } from '@tollgate/kernel'
import { unmetCondition } from '../../model/discounts/conditions/condition.ts'
import { compareDiscounts, type Discount } from '../../model/discounts/discount.ts'
import { discountAmount } from './discount-amount.ts'
import type { DiscountFacts } from '../../model/discounts/facts/discount-facts.ts'
import { measureUsage, nameMeasure } from '../../model/discounts/facts/usage-measure.ts'

/** Returns why discounts cannot apply, by id: unmet conditions, used up budgets, and better discounts of the same group. */
export function ineligibleDiscounts(discounts: readonly Discount[], facts: DiscountFacts): ReadonlyMap<string, string> {
  const ineligible = new Map<string, string>()
  for (const discount of discounts) {
    const reason = whyIneligible(discount, facts)
    if (reason !== undefined) ineligible.set(discount.id, reason)
  }
  const eligible = discounts.filter(({ id }) => !ineligible.has(id))
  for (const [group, members] of Map.groupBy(eligible, ({ stacking }) => (stacking.kind === 'best-of' ? stacking.group : undefined))) {
    if (group === undefined) continue
    const best = bestOf(members, facts)
    for (const { id } of members) if (id !== best?.id) ineligible.set(id, `${best?.id ?? 'another'} is the best discount of the group ${group}`)
  }
  return ineligible
}

function whyIneligible(discount: Discount, facts: DiscountFacts): string | undefined {
  for (const condition of discount.conditions) {
    const reason = unmetCondition(condition, facts, discount.id)
    if (reason !== undefined) return reason
  }
  const { effect } = discount
  if (effect.kind === 'tiered' && measureUsage(effect.usage, facts) === undefined) return `${nameMeasure(effect.usage)} is unknown`
  if (discount.budget === undefined) return undefined
  const remaining = Object.hasOwn(facts.discountStates, discount.id) ? facts.discountStates[discount.id]?.remainingBudget : undefined
  if (remaining === undefined) return 'its remaining budget is unknown'
  return remaining.gt(ZERO) ? undefined : 'its budget is used up'
}

/**
 * Returns the discount of a group that takes most off the subtotal within its limits; of equals, the first by priority. It
 * compares on the subtotal, so that the choice does not depend on other discounts.
 */
function bestOf(members: readonly Discount[], facts: DiscountFacts): Discount | undefined {
  const { subtotal } = facts.charge
  const taken = new Map(members.map(member => [member.id, discountAmount(member, facts, { subtotal, remaining: subtotal }).taken]))
  return members.toSorted((one, other) => (taken.get(other.id) ?? ZERO).cmp(taken.get(one.id) ?? ZERO) || compareDiscounts(one, other))[0]
}
