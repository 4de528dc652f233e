import type { PriceCatalog } from '@tollgate/pricing'
import type { ExplainedCharge } from '../../model/explanation/explained-charge.ts'
import type { ChargeFigures } from '../../model/simulation/charge-simulation.ts'
import { lineKey, type UsageCell } from '../../model/usage/usage-cell.ts'
import type { UsageSelection } from '../../model/usage/usage-selection.ts'
import { sumUsage } from '../../model/usage/usage-totals.ts'
import type { ChargeContext } from '../charge/charge-context.ts'
import { explainedCharge } from '../explanation/explained-charge.ts'
import { ratePeriodCharge } from '../periods/rate-period-charge.ts'
import { usageLine } from '../usage/usage-line.ts'
import { allocateCharge, addShares } from './allocate-charge.ts'
import type { ScenarioPart } from './scenario-parts.ts'

/** A part of a period with its usage. */
export interface CellPart extends ScenarioPart {
  readonly cells: readonly UsageCell[]
}

/** The usage of a period. */
export interface CellsToCharge {
  readonly parts: readonly CellPart[]
  readonly catalog: PriceCatalog
  readonly selection: UsageSelection
  readonly context: ChargeContext
  readonly notes: readonly string[]
}

/** The charge of all cells, and the share of each group. */
export interface ChargedCells {
  readonly total: ChargeFigures
  readonly groups: readonly { readonly key: readonly (string | null)[]; readonly figures: ChargeFigures }[]
  readonly charge: ExplainedCharge
}

/** Charges cells together, and allocates the charge to their groups. The shares add up to the charge exactly. */
export function chargeCells({ parts, catalog, selection, context, notes }: CellsToCharge): ChargedCells {
  const { tenantId, range, at } = selection
  const byModel = parts.map(part => ({ ...part, models: [...Map.groupBy(part.cells, lineKey).values()] }))
  const rated = ratePeriodCharge({
    parts: byModel.map(part => ({
      range: part.range,
      rules: part.rules,
      plan: part.plan,
      lines: part.models.map(ofModel => usageLine(mergeCells(ofModel), { catalog, tenantId, range, counts: part.rules.priceModel?.counts })),
    })),
    context,
  })
  const shares = allocateCharge(byModel, rated)
  const cells = parts.flatMap(part => part.cells)
  const groups = [...Map.groupBy(cells, ({ key }) => JSON.stringify(key)).values()].map(ofGroup => ({
    key: ofGroup[0]?.key ?? [],
    figures: { ...figuresOf(ofGroup), charge: addShares(ofGroup.map(cell => shares.get(cell) ?? null)) },
  }))
  const sums = figuresOf(cells)
  return {
    total: { ...sums, charge: rated.total.charge },
    groups,
    charge: explainedCharge(rated.total, { cost: sums.cost, at: at ?? range.from, notes }),
  }
}

/** Merges the cells of one model. */
function mergeCells(cells: readonly UsageCell[]): UsageCell {
  const [first] = cells as [UsageCell, ...UsageCell[]]
  return { ...first, ...sumUsage(cells) }
}

function figuresOf(cells: readonly UsageCell[]): Omit<ChargeFigures, 'charge'> {
  const { calls, unpricedCalls, cost } = sumUsage(cells)
  return { calls, unpricedCalls, cost }
}
