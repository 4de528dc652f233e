import { Decimal, ZERO } from '@tollgate/kernel'
import type { Discount } from '../../model/discounts/discount.ts'
import type { DiscountFacts } from '../../model/discounts/facts/discount-facts.ts'
import { type DiscountBasis, takePercentageOff } from '../../model/discounts/effects/percentage.ts'
import { reachedTier, takeTierOff } from '../../model/discounts/effects/tiered.ts'

/** Where a discount finds the charge. */
export interface DiscountableAmount {
  /** Before any discount. */
  readonly subtotal: Decimal
  /** After the discounts before this one. */
  readonly remaining: Decimal
}

/** What a discount would take off, and why not more. */
export interface DiscountAmount {
  /** By its effect alone. */
  readonly wanted: Decimal
  /** Within its limits: never below 0, nor below its floor. */
  readonly taken: Decimal
}

/** What a discount takes off. A volume that is not known takes nothing off. */
export function discountAmount(discount: Discount, facts: DiscountFacts, amount: DiscountableAmount): DiscountAmount {
  const wanted = wantedAmount(discount, facts, amount)
  const room = amount.remaining.plus(facts.earlier?.charge ?? 0).minus(discount.floor)
  const limits = [discount.maximum?.minus(takenBefore(discount, facts)), remainingBudget(discount, facts)].filter(limit => limit !== undefined)
  // What is left now is a limit too: what an earlier part came to was charged.
  return { wanted, taken: Decimal.max(ZERO, Decimal.min(wanted, room, amount.remaining, ...limits)) }
}

/** What a discount took off earlier parts of the same period. */
export function takenBefore({ id }: Pick<Discount, 'id'>, { discountStates }: Pick<DiscountFacts, 'discountStates'>): Decimal {
  return (Object.hasOwn(discountStates, id) ? discountStates[id]?.taken : undefined) ?? ZERO
}

/** What is left of a discount's budget; undefined where it has none. A budget of which nothing is known is used up. */
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
