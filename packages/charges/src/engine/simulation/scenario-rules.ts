import { InvalidInput } from '@tollgate/kernel'
import { defineDiscount } from '../../model/discounts/discount.ts'
import { defineMarkups } from '../../model/markups/markups.ts'
import { definePriceModel } from '../../model/price-models/price-model.ts'
import type { ChargeScenario } from '../../model/simulation/charge-scenario.ts'
import type { ChargeRuleSet } from '../rules/charge-rules-in-effect.ts'

/** The rules that a charge is rated by. */
export type AppliedRules = Pick<ChargeRuleSet, 'markups' | 'discounts' | 'priceModel'>

/** Returns the rules in effect with those of the scenario in their place. Throws `InvalidInput` that names the field. */
export function scenarioRules(scenario: ChargeScenario, inEffect: ChargeRuleSet): AppliedRules {
  const { markups, discounts, priceModel, counts = 'tokens' } = scenario
  if (markups !== undefined && priceModel !== undefined) {
    const message = 'must not be combined with markups: a tenant is charged either by cost or by a price list'
    throw new InvalidInput([{ path: 'scenario.priceModel', message }])
  }
  return {
    markups:
      markups === undefined
        ? inEffect.markups
        : withPath('scenario.', () => defineMarkups(markups.map((markup, i) => ({ ...markup, id: `scenario ${i + 1}` })))),
    discounts: discounts === undefined ? inEffect.discounts : discounts.map((draft, i) => withPath(`scenario.discounts.${i}.`, () => defineDiscount(draft))),
    priceModel:
      priceModel !== undefined
        ? { id: 'scenario', name: 'scenario', counts, model: withPath('scenario.priceModel.', () => definePriceModel(priceModel)) }
        : markups === undefined
          ? inEffect.priceModel
          : undefined,
  }
}

/** Puts a prefix before the path of each issue. */
function withPath<Made>(prefix: string, make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    throw new InvalidInput(error.issues.map(({ path, message }) => ({ path: `${prefix}${path}`, message })))
  }
}
