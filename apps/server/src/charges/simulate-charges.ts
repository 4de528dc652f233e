import { cutByTime } from '@tollgate/charges'
import { ZERO } from '@tollgate/kernel'
import type { ChargeFigures, ChargeSimulation, SimulatedFigures, SimulationRequest } from './charge-simulation.ts'
import { type CellPart, type ChargedCells, chargeCells } from './charge-cells.ts'
import { chargedTenant, currencyNotes } from './charged-tenant.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { type GroupRules, groupRules } from './group-rules.ts'
import { rateScenario } from './rate-scenario.ts'
import { scenarioRules } from './scenario-rules.ts'
import { countedPeriod, usageCells } from './usage-cell.ts'

/**
 * Answers `Charges.simulate`. What is, comes from sums, as reports do. What would be, comes from the events, each rated
 * again at its own time, where prices or models are otherwise; where they are not, costs stay, and sums are exact too.
 */
export async function simulateCharges(dependencies: ChargesDependencies, request: SimulationRequest): Promise<ChargeSimulation> {
  const { usage, pricing, accounts } = dependencies
  const { scenario, tenantId, by = [] } = request
  const [tenant, catalog] = await Promise.all([chargedTenant(accounts, tenantId), pricing.catalog()])
  const simulatedPlan = scenario.plan === undefined ? tenant.plan : scenario.plan
  const [currentRules, planRules] = await Promise.all([groupRules(dependencies, request, tenant), groupRules(dependencies, request, { plan: simulatedPlan })])
  const simulatedParts = scenarioParts(request, planRules) // Before anything is read: it may be refused.
  const readCells = async (parts: readonly RulePart[]): Promise<readonly CellPart[]> => {
    const cells = await usageCells(usage, request, { parts: parts.map(countedPeriod), by })
    return parts.map((part, position) => ({ ...part, cells: cells[position] ?? [] }))
  }
  const rerates = (scenario.prices ?? []).length > 0 || (scenario.models ?? []).length > 0
  const rated = rerates ? await rateScenario(usage, catalog, request, simulatedParts) : { parts: await readCells(simulatedParts), catalog }

  const common = { group: request, notes: currencyNotes(tenant) }
  const current = chargeCells({ ...common, parts: await readCells(currentRules.parts), catalog, context: currentRules.context })
  const simulated = chargeCells({ ...common, ...rated, context: planRules.context })
  return {
    method: rerates ? 'events' : 'rollups',
    total: compare(current.total, simulated.total),
    groups: by.length === 0 ? [] : compareGroups(current, simulated, by),
    currentCharge: current.charge,
    simulatedCharge: simulated.charge,
  }
}

type RulePart = Omit<CellPart, 'cells'>

/**
 * The rules of a scenario in each part; in one, where none of those that change on the way is left. Cut by its own
 * discounts, where they have a condition on the time.
 */
function scenarioParts({ scenario, at }: SimulationRequest, { parts, canHold }: GroupRules): readonly RulePart[] {
  const simulated = parts.map(({ range, rules }) => ({ range, rules: scenarioRules(scenario, rules) }))
  const [first] = simulated
  const last = simulated.at(-1)
  const replacesAll = scenario.discounts !== undefined && (scenario.markups !== undefined || scenario.priceModel !== undefined)
  const byRules = replacesAll && first && last ? [{ ...first, range: { from: first.range.from, to: last.range.to } }] : simulated
  return at || scenario.discounts === undefined ? byRules : cutByTime(byRules, canHold)
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
