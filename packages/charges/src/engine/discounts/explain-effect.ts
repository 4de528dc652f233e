import { type ExplainedEffect, explainNumber } from '../../model/explanation/charge-explanation.ts'
import type { DiscountEffect } from '../../model/discounts/discount.ts'
import type { DiscountFacts } from '../../model/discounts/facts/discount-facts.ts'
import { measureUsage } from '../../model/discounts/facts/usage-measure.ts'

/** Returns an effect with everything that is needed to verify it. */
export function explainEffect(effect: DiscountEffect, facts: DiscountFacts): ExplainedEffect {
  switch (effect.kind) {
    case 'percentage':
      return { kind: 'percentage', percent: effect.percent.toFixed(), basis: effect.basis }
    case 'fixed':
      return { kind: 'fixed', amount: effect.amount.toFixed() }
    case 'tiered':
      return {
        kind: 'tiered',
        usage: effect.usage,
        measured: explainNumber(measureUsage(effect.usage, facts)),
        tiers: effect.tiers.map(({ from, percent }) => ({ from: from.toFixed(), percent: percent.toFixed() })),
        basis: effect.basis,
      }
  }
}
