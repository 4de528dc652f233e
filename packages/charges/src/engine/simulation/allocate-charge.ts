import { allocate, Decimal, ZERO } from '@tollgate/kernel'
import { totalOfPools } from '../../model/usage/token-sums.ts'
import type { UsageCell } from '../../model/usage/usage-cell.ts'
import { WORKING_SCALE } from '../../model/numbers/charge-amount.ts'
import type { RatedPartCharge } from '../periods/rate-part-charge.ts'
import type { RatedPeriodCharge } from '../periods/rate-period-charge.ts'
import type { AppliedRules } from './scenario-rules.ts'

/** A part of a period whose cells are grouped by model. */
export interface PartByModel {
  readonly rules: AppliedRules
  readonly models: readonly (readonly UsageCell[])[]
}

/**
 * Allocates the charge of a period to its cells: first to the parts, by their charges; then to the models, by theirs; then
 * to the cells of a model, by cost. If a price list applies, models and cells share by tokens. The shares add up to the
 * charge exactly.
 */
export function allocateCharge(parts: readonly PartByModel[], rated: RatedPeriodCharge): ReadonlyMap<UsageCell, Decimal | null> {
  if (isSumOfParts(rated)) return new Map(parts.flatMap((part, i) => allocatePart(part, rated.parts[i]?.rated)))
  const cells = parts.flatMap(({ models }) => models.flat())
  const shares = share(
    rated.total.charge,
    cells.map(cell => tokensOf([cell])),
  )
  return new Map(cells.map((cell, i): CellShare => [cell, shares[i] ?? null]))
}

/** Adds shares up. Null if one of them is unknown. */
export function addShares(shares: readonly (Decimal | null)[]): Decimal | null {
  return shares.reduce((sum, part) => (sum === null || part === null ? null : sum.plus(part)), ZERO as Decimal | null)
}

/** Whether the charges of the parts are shares of the total. They are not if a part is negative. */
function isSumOfParts({ parts, total }: RatedPeriodCharge): boolean {
  return total.state === 'unpriced' || parts.every(({ rated }) => rated.total.charge?.gte(0) ?? false)
}

type CellShare = readonly [UsageCell, Decimal | null]

function allocatePart({ models, rules }: PartByModel, rated: RatedPartCharge | undefined): readonly CellShare[] {
  const byTokens = rules.priceModel !== undefined
  const modelShares = share(
    rated?.total.charge ?? null,
    models.map((ofModel, i) => (byTokens ? tokensOf(ofModel) : (rated?.lines[i]?.charge?.charge ?? ZERO))),
  )
  return models.flatMap((ofModel, i) => {
    const cellShares = share(
      modelShares[i] ?? null,
      ofModel.map(cell => (byTokens ? tokensOf([cell]) : cell.cost)),
    )
    return ofModel.map((cell, j): CellShare => [cell, cellShares[j] ?? null])
  })
}

function tokensOf(cells: readonly UsageCell[]): Decimal {
  return cells.reduce((sum, { tokens }) => sum.plus(totalOfPools(tokens)), ZERO)
}

const ONE = /* @__PURE__ */ new Decimal(1)

/** Shares an amount by weight. If all weights are 0, in equal shares, so that they still add up to the amount. */
function share(amount: Decimal | null, weights: readonly Decimal[]): readonly (Decimal | null)[] {
  if (amount === null) return weights.map(() => null)
  if (weights.length === 0) return []
  return allocate(amount, weights.every(weight => weight.isZero()) ? weights.map(() => ONE) : weights, WORKING_SCALE)
}
