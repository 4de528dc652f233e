import { type ChargeRuleTerms, defineDiscount, definePriceModel, type Discount, type MarkupTerms } from '@tollgate/charges'
import { describeCondition } from './describe-condition.ts'
import { describePriceModel } from './describe-price-model.ts'

/** Returns the terms of a rule as one line: "20 % on the cost of openai gpt-5". */
export function describeTerms(terms: ChargeRuleTerms | null): string {
  if (terms === null) return 'withdrawn'
  switch (terms.kind) {
    case 'markup':
      return describeMarkup(terms)
    case 'discount':
      return describeDiscount(defineDiscount({ ...terms.discount, id: 'described' }))
    case 'price-model':
      return describePriceModel(definePriceModel(terms.priceModel))
  }
}

function describeMarkup({ percent, provider, model }: MarkupTerms): string {
  const named = [provider, model].filter(name => typeof name === 'string').join(' ')
  return `${String(percent)} % on ${named === '' ? 'all costs' : `the cost of ${named}`}`
}

function describeDiscount({ effect, conditions, stacking, priority, maximum, floor, budget }: Discount): string {
  const parts = [
    [describeEffect(effect)],
    maximum ? [`at most ${maximum.toFixed()} off one charge`] : [],
    floor.isZero() ? [] : [`not below ${floor.toFixed()}`],
    budget ? [`at most ${budget.toFixed()} off all charges`] : [],
    stacking.kind === 'stackable' ? [] : [stacking.kind === 'exclusive' ? 'exclusive' : `best of ${stacking.group}`],
    priority === 0 ? [] : [`priority ${priority}`],
    conditions.length === 0 ? [] : [`for ${conditions.map(describeCondition).join(', and ')}`],
  ]
  return parts.flat().join('; ')
}

function describeEffect(effect: Discount['effect']): string {
  switch (effect.kind) {
    case 'percentage':
      return `${effect.percent.toFixed()} % off ${effect.basis === 'subtotal' ? 'the subtotal' : 'the remaining amount'}`
    case 'fixed':
      return `${effect.amount.toFixed()} off`
    case 'tiered': {
      const tiers = effect.tiers.map(({ from, percent }) => `${percent.toFixed()} % from ${from.toFixed()}`).join(', ')
      return `by the ${effect.usage.of}'s ${effect.usage.measure}: ${tiers}, off ${effect.basis === 'subtotal' ? 'the subtotal' : 'the remaining amount'}`
    }
  }
}
