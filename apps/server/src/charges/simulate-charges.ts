import { ZERO } from '@tollgate/kernel'
import type { ChargeRuleSet, PriceCatalog } from '@tollgate/pricing'
import type { ChargeFigures, ChargeSimulation, SimulatedFigures, SimulationRequest } from './charge-simulation.ts'
import { type ChargedCells, chargeCells } from './charge-cells.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { groupContext, planOf } from './explain-group.ts'
import { rateScenario } from './rate-scenario.ts'
import { scenarioRules } from './scenario-rules.ts'
import { usageCells } from './usage-cell.ts'

/**
 * Answers `Charges.simulate`. What is, comes from sums, as reports do. What would be, comes from the events, each rated
 * again at its own time, where prices or models are otherwise; where they are not, costs stay, and sums are exact too.
 */
export async function simulateCharges(dependencies: ChargesDependencies, request: SimulationRequest): Promise<ChargeSimulation> {
  const { usage, pricing, chargeRules, accounts } = dependencies
  const { scenario, tenantId, range, by = [] } = request
  const [plan, catalog] = await Promise.all([planOf(accounts, tenantId), pricing.catalog()])
  const at = request.at ?? range.from
  const simulatedPlan = scenario.plan === undefined ? plan : scenario.plan
  const [currentRules, planRules] = await Promise.all(
    [plan, simulatedPlan].map(each => chargeRules.inEffect({ at, tenantId, plan: each })) as [Promise<ChargeRuleSet>, Promise<ChargeRuleSet>],
  )
  const simulatedRules = scenarioRules(scenario, planRules) // Before anything is read: it may be refused.
  const currentCells = await usageCells(usage, request, by)
  const rerates = (scenario.prices ?? []).length > 0 || (scenario.models ?? []).length > 0
  const rated = rerates ? await rateScenario(usage, catalog, request) : { cells: currentCells, catalog }

  const charge = (side: {
    cells: typeof currentCells
    catalog: PriceCatalog
    rules: Pick<ChargeRuleSet, 'markups' | 'discounts' | 'priceModel'>
    plan: string | null
  }) => chargeCells({ ...side, group: request, context: groupContext(request, side.plan) })
  const current = charge({ cells: currentCells, catalog, rules: currentRules, plan })
  const simulated = charge({ ...rated, rules: simulatedRules, plan: simulatedPlan })
  return {
    method: rerates ? 'events' : 'rollups',
    total: compare(current.total, simulated.total),
    groups: by.length === 0 ? [] : compareGroups(current, simulated, by),
    currentCharge: current.charge,
    simulatedCharge: simulated.charge,
  }
}

const NOTHING: ChargeFigures = { calls: 0, unpricedCalls: 0, cost: ZERO, charge: ZERO }

function compareGroups(current: ChargedCells, simulated: ChargedCells, by: NonNullable<SimulationRequest['by']>): ChargeSimulation['groups'] {
  const keys = new Map([...current.groups, ...simulated.groups].map(({ key }) => [JSON.stringify(key), key]))
  const [before, after] = [current, simulated].map(({ groups }) => new Map(groups.map(({ key, figures }) => [JSON.stringify(key), figures])))
  return [...keys]
    .map(([id, key]) => ({
      key: by.map((dimension, i) => ({ dimension, value: key[i] ?? null })),
      ...compare(before?.get(id) ?? NOTHING, after?.get(id) ?? NOTHING),
    }))
    .toSorted((a, b) => (b.current.charge ?? b.current.cost).cmp(a.current.charge ?? a.current.cost))
}

function compare(current: ChargeFigures, simulated: ChargeFigures): SimulatedFigures {
  return {
    current,
    simulated,
    costDifference: simulated.cost.minus(current.cost),
    chargeDifference: current.charge === null || simulated.charge === null ? null : simulated.charge.minus(current.charge),
  }
}
