import { type ChargeContext, type ChargeRuleSet, type RatedGroupCharge, type RatedGroupLine, type RatedPeriodCharge, ratePeriodCharge } from '@tollgate/charges'
import { allocate, Decimal, type Period, ZERO } from '@tollgate/kernel'
import type { PriceCatalog } from '@tollgate/pricing'
import { totalTokens } from '@tollgate/tokens'
import type { ChargeFigures } from './charge-simulation.ts'
import type { ChargeGroup } from './charge-group.ts'
import { type ExplainedCharge, explainedCharge } from './explained-charge.ts'
import { chargeLine, lineKey, sumCells, type UsageCell } from './usage-cell.ts'

/** Use that is charged together by one set of rules, in cells that are told apart. */
export interface CellPart {
  readonly range: Period
  readonly rules: Pick<ChargeRuleSet, 'markups' | 'discounts' | 'priceModel'>
  readonly cells: readonly UsageCell[]
}

/** Use of a period. */
export interface CellsToCharge {
  readonly parts: readonly CellPart[]
  readonly catalog: PriceCatalog
  readonly group: ChargeGroup
  readonly context: ChargeContext
  readonly notes?: readonly string[] | undefined
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
 * Charges cells as one, and shares the charge out: to the parts of the period what each came to, in them to the models by
 * what each came to, in those to the cells by cost. Charged by a price list of our own, by tokens. So the shares sum to
 * the charge, whatever was taken off the whole.
 */
export function chargeCells({ parts, catalog, group, context, notes = [] }: CellsToCharge): ChargedCells {
  const byModel = parts.map(part => ({ ...part, models: [...Map.groupBy(part.cells, lineKey).values()] }))
  const rated = ratePeriodCharge({
    parts: byModel.map(({ range, rules, models }) => ({
      range,
      rules,
      lines: models.map(ofModel => chargeLine(mergeCells(ofModel), catalog, { ...group, counts: rules.priceModel?.counts })),
    })),
    context,
  })
  const { charge } = rated.total
  const shares = new Map(
    hasShares(rated)
      ? byModel.flatMap(({ models, rules }, i) => shareOfPart(models, { rated: rated.parts[i]?.rated, byTokens: rules.priceModel !== undefined }))
      : shareByTokens(
          charge,
          parts.flatMap(part => part.cells),
        ),
  )
  const cells = parts.flatMap(part => part.cells)
  const figures = (some: readonly UsageCell[]): ChargeFigures => ({ ...figuresOf(some), charge: sumShares(some.map(cell => shares.get(cell) ?? null)) })
  const groups = [...Map.groupBy(cells, ({ key }) => JSON.stringify(key)).values()].map(ofGroup => ({ key: ofGroup[0]?.key ?? [], figures: figures(ofGroup) }))
  const sums = figuresOf(cells)
  return { total: { ...sums, charge }, groups, charge: explainedCharge(rated.total, { cost: sums.cost, at: group.at ?? group.range.from, notes }) }
}

/** Whether the parts' charges are shares of the whole: not where one takes back what others came to. */
function hasShares({ parts, total }: RatedPeriodCharge): boolean {
  return total.state === 'unpriced' || parts.every(({ rated }) => rated.total.charge?.gte(0) ?? false)
}

type CellShare = readonly [UsageCell, Decimal | null]

function shareOfPart(
  models: readonly (readonly UsageCell[])[],
  { rated, byTokens }: { readonly rated: RatedGroupCharge | undefined; readonly byTokens: boolean },
): readonly CellShare[] {
  const modelShares = share(
    rated?.total.charge ?? null,
    models.map((ofModel, i) => (byTokens ? tokensOf(ofModel) : lineCharge(rated?.lines[i]))),
  )
  return models.flatMap((ofModel, i) => {
    const cellShares = share(
      modelShares[i] ?? null,
      ofModel.map(cell => (byTokens ? tokensOf([cell]) : cell.cost)),
    )
    return ofModel.map((cell, j): CellShare => [cell, cellShares[j] ?? null])
  })
}

function shareByTokens(charge: Decimal | null, cells: readonly UsageCell[]): readonly CellShare[] {
  const shares = share(
    charge,
    cells.map(cell => tokensOf([cell])),
  )
  return cells.map((cell, i): CellShare => [cell, shares[i] ?? null])
}

/** The cells of one model as one. */
function mergeCells(cells: readonly UsageCell[]): UsageCell {
  const [first] = cells as [UsageCell, ...UsageCell[]]
  return { ...first, ...sumCells(cells) }
}

function figuresOf(cells: readonly UsageCell[]): Omit<ChargeFigures, 'charge'> {
  const { calls, unpricedCalls, cost } = sumCells(cells)
  return { calls, unpricedCalls, cost }
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
