import type { Period } from '@tollgate/kernel'
import type { ChargedUsageReader, EventSelection, UsageSum } from './charged-usage-reader.ts'
import type { ChargeRuleSet } from './engine/rules/charge-rules-in-effect.ts'
import { MAX_CELLS, tooManyCells } from './engine/usage/too-many-cells.ts'
import type { UsageCell } from './model/usage/usage-cell.ts'

/** Maximum number of groups of models in all parts of a period together. */
const MAX_CELLS_IN_ALL_PARTS = 100_000

/** A part of a period, and the price list that counts its usage. */
export interface CountedPart {
  readonly range: Period
  readonly rules: Pick<ChargeRuleSet, 'priceModel'>
}

/**
 * Loads a tenant's usage in each part of a period: by model, and by the dimensions of `by`. It reads once; twice if only
 * some parts count quantities, which are grouped by operation too. Throws `InvalidInput` for too many groups.
 */
export async function loadUsageCells(
  usage: Pick<ChargedUsageReader, 'sums'>,
  { tenantId, range, filter }: EventSelection,
  { parts, by = [] }: { readonly parts: readonly CountedPart[]; readonly by?: readonly string[] | undefined },
): Promise<readonly (readonly UsageCell[])[]> {
  const first = Math.min(MAX_CELLS, Math.floor(MAX_CELLS_IN_ALL_PARTS / parts.length))
  const cells = new Map<CountedPart, readonly UsageCell[]>()
  for (const [byOperation, counted] of Map.groupBy(parts, ({ rules }) => rules.priceModel?.counts === 'quantity')) {
    const dimensions = [...new Set([...by, 'provider', 'model', ...(byOperation ? ['operation'] : [])])]
    const found = await usage.sums({ tenantId, range, filter, periods: counted.map(part => part.range), by: dimensions, first })
    if (found.some(groups => groups.length === first)) throw tooManyCells(by, first)
    const positions = positionsOf(dimensions, { by, byOperation })
    for (const [i, part] of counted.entries()) cells.set(part, found[i]?.map(sum => toCell(sum, positions)) ?? [])
  }
  return parts.map(part => cells.get(part) ?? [])
}

/** Where the values of a cell are in the key of its sums. */
interface CellPositions {
  readonly by: readonly number[]
  readonly provider: number
  readonly model: number
  readonly operation: number
}

function positionsOf(dimensions: readonly string[], { by, byOperation }: { readonly by: readonly string[]; readonly byOperation: boolean }): CellPositions {
  const position = (dimension: string) => dimensions.indexOf(dimension)
  return { by: by.map(position), provider: position('provider'), model: position('model'), operation: byOperation ? position('operation') : -1 }
}

function toCell({ key, ...totals }: UsageSum, { by, provider, model, operation }: CellPositions): UsageCell {
  const valueAt = (position: number) => key[position] ?? null
  return { ...totals, key: by.map(valueAt), provider: valueAt(provider), model: valueAt(model), operation: valueAt(operation) }
}
