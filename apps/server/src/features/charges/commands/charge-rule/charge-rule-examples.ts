import { type ChargedUsage, type ChargeRuleTerms, defineDiscount, defineMarkups, definePriceModel, type PriceModel, rateCharge } from '@tollgate/charges'
import { Decimal, ZERO } from '@tollgate/kernel'

/** The charge of a round amount by a rule. */
export interface ChargeRuleExample {
  readonly of: string
  /** Null if the rule has no price for it. */
  readonly charge: Decimal | null
}

const HUNDRED = new Decimal(100)
const MILLION = new Decimal(1_000_000)
const MAX_CELLS = 20
/** Rules do not depend on the time here, but a charge requires one. */
const context = { at: '2000-01-01T00:00:00Z' }

/** Applies a rule to round amounts, alone and with its conditions met. Returns no examples for a discount by volume. */
export function chargeRuleExamples(terms: ChargeRuleTerms): readonly ChargeRuleExample[] {
  switch (terms.kind) {
    case 'markup':
      return [{ of: 'a cost of 100', charge: charged({ usage: costOf(HUNDRED), markups: defineMarkups([{ id: 'it', percent: terms.percent }]), context }) }]
    case 'discount': {
      const { effect, maximum, floor, budget } = terms.discount
      if (effect.kind === 'tiered') return []
      const discount = defineDiscount({ id: 'it', effect, maximum, floor, budget })
      const discountStates = budget === undefined || budget === null ? {} : { it: { remainingBudget: budget } }
      return [{ of: 'a charge of 100', charge: charged({ usage: costOf(HUNDRED), discounts: [discount], context: { ...context, discountStates } }) }]
    }
    case 'price-model':
      return priceModelExamples(definePriceModel(terms.priceModel))
  }
}

function priceModelExamples(model: PriceModel): readonly ChargeRuleExample[] {
  if (model.kind === 'percentage') return [{ of: 'a cost of 100', charge: charged({ usage: costOf(HUNDRED), priceModel: model, context }) }]
  if (model.kind !== 'matrix') {
    return quantitiesOf(model).map(quantity => ({ of: `${quantity.toFixed()} tokens`, charge: charged({ usage: { quantity }, priceModel: model, context }) }))
  }
  return model.cells.slice(0, MAX_CELLS).map(({ of }) => {
    // Without a value for a dimension, only cells for any value match.
    const dimensions = Object.fromEntries(model.dimensions.flatMap((dimension, at) => (of[at] === undefined || of[at] === '*' ? [] : [[dimension, of[at]]])))
    return { of: `1000000 tokens of ${of.join(' / ')}`, charge: charged({ usage: { parts: [{ quantity: MILLION, dimensions }] }, priceModel: model, context }) }
  })
}

/** Returns the end of each tier, and twice the last one. */
function quantitiesOf(model: Exclude<PriceModel, { kind: 'percentage' | 'matrix' }>): readonly Decimal[] {
  const included = 'includedUnits' in model ? (model.includedUnits ?? ZERO) : ZERO
  const bounds = 'tiers' in model ? model.tiers.map(({ from }) => from).filter(from => !from.isZero()) : []
  const last = bounds.at(-1)
  const quantities = last === undefined ? [MILLION] : [...bounds, last.times(2)]
  return [...(included.isZero() ? [] : [included]), ...quantities.map(quantity => quantity.plus(included))]
}

function costOf(amount: Decimal): ChargedUsage {
  return { known: { of: 'cost', lines: [{ label: 'example', quantity: ZERO, amount }], reason: 'an example' } }
}

function charged(input: Parameters<typeof rateCharge>[0]): Decimal | null {
  return rateCharge(input).charge
}
