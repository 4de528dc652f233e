import { type ChargeRuleSet, defineDiscount, defineMarkups, definePriceModel } from '@tollgate/charges'
import { InvalidInput } from '@tollgate/kernel'
import type { ChargeScenario } from './charge-simulation.ts'

/** The rules of a scenario: its own where it names them, those in effect otherwise. Throws `InvalidInput`, naming the field. */
export function scenarioRules(scenario: ChargeScenario, inEffect: ChargeRuleSet): Pick<ChargeRuleSet, 'markups' | 'discounts' | 'priceModel'> {
  const { markups, discounts, priceModel, counts = 'tokens' } = scenario
  if (markups !== undefined && priceModel !== undefined) {
    throw new InvalidInput([{ path: 'scenario.priceModel', message: 'must not be given beside markups: a tenant is charged by cost, or by a price list' }])
  }
  return {
    markups:
      markups === undefined ? inEffect.markups : within('scenario.', () => defineMarkups(markups.map((markup, i) => ({ ...markup, id: `scenario ${i + 1}` })))),
    discounts: discounts === undefined ? inEffect.discounts : discounts.map((draft, i) => within(`scenario.discounts.${i}.`, () => defineDiscount(draft))),
    priceModel:
      priceModel !== undefined
        ? { id: 'scenario', name: 'scenario', counts, model: within('scenario.priceModel.', () => definePriceModel(priceModel)) }
        : markups === undefined
          ? inEffect.priceModel
          : undefined,
  }
}

function within<Made>(place: string, make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    throw new InvalidInput(error.issues.map(({ path, message }) => ({ path: `${place}${path}`, message })))
  }
}
