import { allocate, Decimal, ZERO } from '@tollgate/kernel'
import { type ChargeContext, type ChargeRuleSet, type PriceCatalog, rateGroupCharge, type RatedGroupLine } from '@tollgate/pricing'
import { totalTokens } from '@tollgate/tokens'
import type { ChargeFigures } from './charge-simulation.ts'
import type { ChargeGroup } from './charge-group.ts'
import { type ExplainedCharge, explainedCharge } from './explained-charge.ts'
import { chargeLine, sumCells, type UsageCell } from './usage-cell.ts'

/** Use that is charged together, in cells that are told apart. */
export interface CellsToCharge {
  readonly cells: readonly UsageCell[]
  readonly catalog: PriceCatalog
  readonly rules: Pick<ChargeRuleSet, 'markups' | 'discounts' | 'priceModel'>
  readonly group: ChargeGroup
  readonly context: ChargeContext
}

/** The charge of the whole, and each group's share of it. */
export interface ChargedCells {
  readonly total: ChargeFigures
  readonly groups: readonly { readonly key: readonly (string | null)[]; readonly figures: ChargeFigures }[]
  readonly charge: ExplainedCharge
}

/** Digits after the point that charges have at the most: at this scale, shares conserve them. */
const CHARGE_SCALE = 36

/**
 * Charges cells as one, and shares the charge out: to the models by what each came to, in them to the cells by cost.
 * Charged by a price list of our own, by tokens. So the shares sum to the charge, whatever was taken off the whole.
 */
export function chargeCells({ cells, catalog, rules, group, context }: CellsToCharge): ChargedCells {
  const models = [...Map.groupBy(cells, ({ provider, model }) => JSON.stringify([provider, model])).values()]
  const lines = models.map(ofModel => chargeLine(mergeCells(ofModel), catalog, group))
  const rated = rateGroupCharge({ lines, rules, context })
  const { charge } = rated.total
  const byTokens = rules.priceModel !== undefined
  const modelShares = share(
    charge,
    models.map((ofModel, i) => (byTokens ? tokensOf(ofModel) : lineCharge(rated.lines[i]))),
  )
  const shares = new Map(
    models.flatMap((ofModel, i) => {
      const cellShares = share(
        modelShares[i] ?? null,
        ofModel.map(cell => (byTokens ? tokensOf([cell]) : cell.cost)),
      )
      return ofModel.map((cell, j) => [cell, cellShares[j] ?? null] as const)
    }),
  )
  const figures = (some: readonly UsageCell[]): ChargeFigures => ({ ...sumCells(some), charge: sumShares(some.map(cell => shares.get(cell) ?? null)) })
  const groups = [...Map.groupBy(cells, ({ key }) => JSON.stringify(key)).values()].map(ofGroup => ({ key: ofGroup[0]?.key ?? [], figures: figures(ofGroup) }))
  const sums = sumCells(cells)
  return { total: { ...sums, charge }, groups, charge: explainedCharge(rated.total, { cost: sums.cost, at: group.at ?? group.range.from }) }
}

/** The cells of one model as one. */
function mergeCells(cells: readonly UsageCell[]): UsageCell {
  const [first, ...others] = cells as [UsageCell, ...UsageCell[]]
  const tokens = { ...first.tokens }
  for (const other of others) for (const pool of Object.keys(tokens) as (keyof typeof tokens)[]) tokens[pool] += other.tokens[pool]
  return { ...first, ...sumCells(cells), tokens }
}

function lineCharge(line: RatedGroupLine | undefined): Decimal {
  return line?.charge?.charge ?? ZERO
}

function tokensOf(cells: readonly UsageCell[]): Decimal {
  return cells.reduce((sum, { tokens }) => sum.plus(totalTokens(tokens)), ZERO)
}

/** In proportion; in equal parts where all weights are 0, so that nothing of the amount is lost. */
function share(amount: Decimal | null, weights: readonly Decimal[]): readonly (Decimal | null)[] {
  if (amount === null) return weights.map(() => null)
  if (weights.length === 0) return []
  return allocate(amount, weights.every(weight => weight.isZero()) ? weights.map(() => ONE) : weights, CHARGE_SCALE)
}

function sumShares(shares: readonly (Decimal | null)[]): Decimal | null {
  return shares.reduce((sum, part) => (sum === null || part === null ? null : sum.plus(part)), ZERO as Decimal | null)
}

const ONE = new Decimal(1)
