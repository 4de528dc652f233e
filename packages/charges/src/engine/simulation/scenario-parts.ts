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
  readonly plan: string | null
}

/** How a range is cut. */
export interface ScenarioCuts {
  /** Whether the rules of one time apply to the whole range. */
  readonly oneTime: boolean
  readonly canApply: (discount: Discount) => boolean
}

/**
 * Applies a scenario to each part of a range. If the scenario replaces all rules that change within the range, the parts
 * with the same plan become one. Time-based discounts of the scenario cut the range. Throws `InvalidInput`.
 */
export function scenarioParts(scenario: ChargeScenario, parts: readonly ChargeRulePart[], { oneTime, canApply }: ScenarioCuts): readonly ScenarioPart[] {
  const simulated = parts.map(({ range, rules, plan }) => ({ range, rules: scenarioRules(scenario, rules), plan }))
  const replacesAll = scenario.discounts !== undefined && (scenario.markups !== undefined || scenario.priceModel !== undefined)
  const byRules = replacesAll ? joinByPlan(simulated) : simulated
  return oneTime || scenario.discounts === undefined ? byRules : cutByTime(byRules, canApply)
}

function joinByPlan(parts: readonly ScenarioPart[]): readonly ScenarioPart[] {
  const joined: ScenarioPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (last !== undefined && last.plan === part.plan) joined[joined.length - 1] = { ...last, range: { from: last.range.from, to: part.range.to } }
    else joined.push(part)
  }
  return joined
}
