import type { Period } from '@tollgate/kernel'
import type { Discount } from '../../model/discounts/discount.ts'
import type { ChargeScenario } from '../../model/simulation/charge-scenario.ts'
import type { ChargeRulePart } from '../rules/charge-rule-parts.ts'
import { cutByTime } from '../rules/cut-by-time.ts'
import { type AppliedRules, scenarioRules } from './scenario-rules.ts'

/** A part of a range with the rules of a scenario. */
export interface ScenarioPart {
  readonly range: Period
  readonly rules: AppliedRules
}

/** How a range is cut. */
export interface ScenarioCuts {
  /** Whether the rules of one time apply to the whole range. */
  readonly oneTime: boolean
  readonly canApply: (discount: Discount) => boolean
}

/**
 * Applies a scenario to each part of a range. If the scenario replaces all rules that change within the range, the parts
 * become one. Time-based discounts of the scenario cut the range. Throws `InvalidInput`.
 */
export function scenarioParts(scenario: ChargeScenario, parts: readonly ChargeRulePart[], { oneTime, canApply }: ScenarioCuts): readonly ScenarioPart[] {
  const simulated = parts.map(({ range, rules }) => ({ range, rules: scenarioRules(scenario, rules) }))
  const [first] = simulated
  const last = simulated.at(-1)
  const replacesAll = scenario.discounts !== undefined && (scenario.markups !== undefined || scenario.priceModel !== undefined)
  const byRules = replacesAll && first && last ? [{ ...first, range: { from: first.range.from, to: last.range.to } }] : simulated
  return oneTime || scenario.discounts === undefined ? byRules : cutByTime(byRules, canApply)
}
