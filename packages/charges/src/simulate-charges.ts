import { InvalidInput } from '@tollgate/kernel'
import type { ChargedTenant } from './charged-tenants.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { currencyNotes } from './engine/explanation/charge-notes.ts'
import { type CellPart, chargeCells } from './engine/simulation/charge-cells.ts'
import { compareFigures, compareGroups } from './engine/simulation/compare-charges.ts'
import { type ScenarioPart, scenarioParts } from './engine/simulation/scenario-parts.ts'
import { findTenant } from './find-tenant.ts'
import { loadPeriodRules } from './load-period-rules.ts'
import { loadUsageCells } from './load-usage-cells.ts'
import type { ChargeSimulation, SimulationRequest } from './model/simulation/charge-simulation.ts'
import { OPERATOR_VIEWER } from './model/promotions/charge-viewer.ts'
import type { UsageSelection } from './model/usage/usage-selection.ts'
import { rerateUsage } from './rerate-usage.ts'

/**
 * Simulates a scenario. The current charge comes from sums. So does the simulated one, unless prices or models change: then
 * each event is rated again at its own time.
 */
export async function simulateCharges<Dimension extends string>(
  dependencies: ChargesDependencies,
  request: SimulationRequest<Dimension>,
): Promise<ChargeSimulation<Dimension>> {
  const { usage, pricing, tenants } = dependencies
  const { scenario, tenantId, at, by = [] } = request
  const [tenant, catalog] = await Promise.all([findTenant(tenants, tenantId), pricing.catalog()])
  const simulatedPlans = scenario.plan === undefined ? tenant.planHistory : { before: checkPlan(scenario.plan, tenant, dependencies, request), changes: [] }
  const [currentRules, planRules] = await Promise.all([
    loadPeriodRules(dependencies, request, tenant.planHistory),
    loadPeriodRules(dependencies, request, simulatedPlans),
  ])
  // Before usage is read, because it can reject the scenario.
  const simulatedParts = scenarioParts(scenario, planRules.parts, { oneTime: Boolean(at), canApply: planRules.canApply })
  const readCells = async (parts: readonly ScenarioPart[]): Promise<readonly CellPart[]> => {
    const cells = await loadUsageCells(usage, request, { parts, by })
    return parts.map((part, position) => ({ ...part, cells: cells[position] ?? [] }))
  }
  const rerates = (scenario.prices ?? []).length > 0 || (scenario.models ?? []).length > 0
  const rated = rerates ? await rerateUsage(dependencies, { catalog, request, parts: simulatedParts }) : { parts: await readCells(simulatedParts), catalog }

  const common = { selection: request, notes: currencyNotes(tenant.currency) }
  const current = chargeCells({ ...common, parts: await readCells(currentRules.parts), catalog, context: currentRules.context })
  const simulated = chargeCells({ ...common, ...rated, context: planRules.context })
  return {
    method: rerates ? 'events' : 'rollups',
    total: compareFigures(current.total, simulated.total),
    groups: by.length === 0 ? [] : compareGroups({ current, simulated }, by),
    currentCharge: current.charge,
    simulatedCharge: simulated.charge,
  }
}

/** Returns the plan to simulate. A tenant learns the same of a plan that is not public as of one that does not exist. */
function checkPlan(
  plan: string | null,
  tenant: ChargedTenant,
  { publicPlans = new Set() }: Pick<ChargesDependencies, 'publicPlans'>,
  { viewer = OPERATOR_VIEWER }: UsageSelection,
): string | null {
  if (viewer.kind === 'operator' || plan === null || plan === tenant.plan || publicPlans.has(plan)) return plan
  const names = [...publicPlans].toSorted().join(', ')
  throw new InvalidInput([
    { path: 'scenario.plan', message: `must be your own plan or a public one${names === '' ? ', and no plan is public' : `: ${names}`}` },
  ])
}
