import { Decimal, ZERO } from '@tollgate/kernel'
import type { Discount } from '../../model/discounts/discount.ts'
import type { DiscountFacts } from '../../model/discounts/facts/discount-facts.ts'
import { type DiscountBasis, takePercentageOff } from '../../model/discounts/effects/percentage.ts'
import { reachedTier, takeTierOff } from '../../model/discounts/effects/tiered.ts'

/** The charge that a discount applies to. */
export interface DiscountableAmount {
  /** Before any discount. */
  readonly subtotal: Decimal
  /** After the discounts before this one. */
  readonly remaining: Decimal
}

/** The amount of a discount. */
export interface DiscountAmount {
  /** By its effect, without limits. */
  readonly wanted: Decimal
  /** Within its limits. Never takes the charge below 0 or its floor. */
  readonly taken: Decimal
}

/** Returns the amount that a discount takes off. 0 if it depends on a volume that is unknown. */
export function discountAmount(discount: Discount, facts: DiscountFacts, amount: DiscountableAmount): DiscountAmount {
  const wanted = wantedAmount(discount, facts, amount)
  const room = amount.remaining.plus(facts.earlier?.charge ?? 0).minus(discount.floor)
  const limits = [discount.maximum?.minus(takenBefore(discount, facts)), remainingBudget(discount, facts)].filter(limit => limit !== undefined)
  // Limited by the remaining amount of this part too: earlier parts have been charged.
  return { wanted, taken: Decimal.max(ZERO, Decimal.min(wanted, room, amount.remaining, ...limits)) }
}

/** Returns what a discount took off earlier parts of the period. */
export function takenBefore({ id }: Pick<Discount, 'id'>, { discountStates }: Pick<DiscountFacts, 'discountStates'>): Decimal {
  return (Object.hasOwn(discountStates, id) ? discountStates[id]?.taken : undefined) ?? ZERO
}

/** Returns the remaining budget of a discount. Undefined if it has no budget; 0 if the rest is unknown. */
export function remainingBudget({ id, budget }: Pick<Discount, 'id' | 'budget'>, { discountStates }: DiscountFacts): Decimal | undefined {
  if (budget === undefined) return undefined
  const remaining = Object.hasOwn(discountStates, id) ? discountStates[id]?.remainingBudget : undefined
  return Decimal.min(budget, remaining ?? ZERO)
}

function wantedAmount({ id, effect }: Discount, facts: DiscountFacts, amount: DiscountableAmount): Decimal {
  switch (effect.kind) {
    case 'percentage':
      return takePercentageOff(effect, basisOf(effect.basis, amount))
    case 'fixed':
      return Decimal.max(ZERO, effect.amount.minus(takenBefore({ id }, facts)))
    case 'tiered': {
      const reached = reachedTier(effect, facts)
      return reached === undefined ? ZERO : takeTierOff(reached.tier, basisOf(effect.basis, amount))
    }
  }
}

function basisOf(basis: DiscountBasis, amount: DiscountableAmount): Decimal {
  return amount[basis]
}
