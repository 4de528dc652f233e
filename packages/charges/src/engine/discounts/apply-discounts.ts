import { type Decimal, InvalidInput } from '@tollgate/kernel'
import { type ExplainedDiscount, explainNumber } from '../../model/explanation/charge-explanation.ts'
import type { AppliedDiscount } from '../../model/discounts/applied-discount.ts'
import { compareDiscounts, type Discount } from '../../model/discounts/discount.ts'
import { type DiscountAmount, discountAmount, remainingBudget, takenBefore } from './discount-amount.ts'
import type { DiscountFacts } from '../../model/discounts/facts/discount-facts.ts'
import { explainEffect } from './explain-effect.ts'
import { ineligibleDiscounts } from './ineligible-discounts.ts'

/** The amount after discounts, and the steps of the explanation. */
export interface Discounted {
  readonly amount: Decimal
  readonly applied: readonly AppliedDiscount[]
  readonly steps: readonly ExplainedDiscount[]
}

/**
 * Applies discounts to the subtotal of the charge. First it drops those whose conditions are not met, and all but the best
 * of each group. Then it applies the others by priority and id, each to what the previous ones left. The result does not
 * depend on the order of `discounts`, and is never below 0. Throws `InvalidInput` for duplicate ids and more than 1,000
 * discounts.
 */
export function applyDiscounts(discounts: readonly Discount[], facts: DiscountFacts): Discounted {
  checkSet(discounts)
  const ineligible = ineligibleDiscounts(discounts, facts)
  const { subtotal } = facts.charge
  let remaining = subtotal
  const applied: AppliedDiscount[] = []
  const steps: ExplainedDiscount[] = []
  let exclusive: string | undefined

  for (const discount of discounts.toSorted(compareDiscounts)) {
    const before = remaining
    const reason = ineligible.get(discount.id) ?? excluded(discount, exclusive, applied)
    const found = reason === undefined ? discountAmount(discount, facts, { subtotal, remaining }) : undefined
    if (found?.taken.gt(0)) {
      remaining = remaining.minus(found.taken)
      applied.push(toAppliedDiscount(discount, facts, found.taken))
      if (discount.stacking.kind === 'exclusive') exclusive = discount.id
    }
    steps.push(explain(discount, facts, { before, after: remaining, found, reason }))
  }
  return { amount: remaining, applied, steps }
}

function excluded({ stacking }: Discount, exclusive: string | undefined, applied: readonly AppliedDiscount[]): string | undefined {
  if (exclusive !== undefined) return `${exclusive} excludes others`
  const [first] = applied
  return stacking.kind === 'exclusive' && first !== undefined ? `it is exclusive, and ${first.id} was applied before it` : undefined
}

function toAppliedDiscount(discount: Discount, facts: DiscountFacts, amount: Decimal): AppliedDiscount {
  const coupon = discount.conditions.find(({ kind }) => kind === 'coupon')
  return {
    id: discount.id,
    promotion: discount.promotion,
    amount,
    budget: discount.budget,
    coupon: coupon?.kind === 'coupon' ? coupon.code : undefined,
    remainingBudget: remainingBudget(discount, facts)?.minus(amount),
  }
}

interface Considered {
  readonly before: Decimal
  readonly after: Decimal
  readonly found: DiscountAmount | undefined
  readonly reason: string | undefined
}

function explain(discount: Discount, facts: DiscountFacts, { before, after, found, reason }: Considered): ExplainedDiscount {
  return {
    step: 'discount',
    rule: discount.id,
    priority: discount.priority,
    stacking: discount.stacking,
    effect: explainEffect(discount.effect, facts),
    wanted: explainNumber(found?.wanted),
    limits: {
      maximum: explainNumber(discount.maximum),
      remainingBudget: explainNumber(explainedBudget(discount, facts, found)),
      floor: discount.floor.toFixed(),
      ...explainEarlier(discount, facts),
    },
    before: before.toFixed(),
    after: after.toFixed(),
    applied: found?.taken.gt(0) ?? false,
    reason: reason ?? (found === undefined ? '' : [explainAmount(discount, { ...found, before }), ...explainState(discount, facts, found)].join('; ')),
  }
}

/** Returns the remaining budget, unless it is hidden and does not limit the discount. */
function explainedBudget(discount: Discount, facts: DiscountFacts, found: DiscountAmount | undefined): Decimal | undefined {
  const left = remainingBudget(discount, facts)
  return facts.hidesBudgets && left !== undefined && (found === undefined ? !left.isZero() : left.gt(found.taken)) ? undefined : left
}

/** Returns what earlier parts of the period were charged and discounted. */
function explainEarlier(discount: Discount, facts: DiscountFacts): Partial<ExplainedDiscount['limits']> {
  const taken = takenBefore(discount, facts)
  return { ...(!taken.isZero() && { taken: taken.toFixed() }), ...(facts.earlier && { earlier: facts.earlier.charge.toFixed() }) }
}

function explainAmount({ effect }: Discount, { wanted, taken, before }: DiscountAmount & { before: Decimal }): string {
  if (before.isNegative() && !before.isZero()) return 'there is no amount to take it off'
  if (wanted.isZero()) return effect.kind === 'fixed' && !effect.amount.isZero() ? 'it was fully applied earlier in the period' : 'its amount is 0'
  if (taken.isZero()) return 'its limits allow no discount'
  return taken.lt(wanted) ? 'all conditions are met; reduced by its limits' : 'all conditions are met'
}

/** Returns the coupon and the remaining budget of an applied discount. */
function explainState(discount: Discount, facts: DiscountFacts, { taken }: DiscountAmount): readonly string[] {
  if (taken.isZero()) return []
  const left = remainingBudget(discount, facts)?.minus(taken)
  const { redeemedAt } = (Object.hasOwn(facts.discountStates, discount.id) ? facts.discountStates[discount.id] : undefined) ?? {}
  const redeemed = redeemedAt !== undefined && discount.conditions.some(({ kind }) => kind === 'coupon')
  return [
    ...(redeemed ? [`its coupon was redeemed at ${redeemedAt.toString()}`] : []),
    ...(left === undefined || facts.hidesBudgets ? [] : [`${left.toFixed()} of its budget of ${discount.budget?.toFixed() ?? '0'} is left`]),
  ]
}

const MAX_DISCOUNTS = 1_000

function checkSet(discounts: readonly Discount[]): void {
  if (discounts.length > MAX_DISCOUNTS)
    throw new InvalidInput([{ path: 'discounts', message: `must be at most ${MAX_DISCOUNTS} discounts, not ${discounts.length}` }])
  const seen = new Set<string>()
  for (const [position, { id }] of discounts.entries()) {
    if (seen.has(id)) throw new InvalidInput([{ path: `discounts.${position}.id`, message: `is a duplicate: ${id}` }])
    seen.add(id)
  }
}
