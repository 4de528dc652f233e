import { type Decimal, InvalidInput, tenantScope, ZERO } from '@tollgate/kernel'
import { chargedModel, type GroupChargeLine, type PriceCatalog, tokenParts } from '@tollgate/pricing'
import type { TokenUsage } from '@tollgate/tokens'
import type { Dimension, Usage } from '@tollgate/usage'
import type { ChargeGroup } from './charge-group.ts'

/** The use of one model in one group: what sums and charges are made of. */
export interface UsageCell {
  /** The group: a value for each dimension that is grouped by. */
  readonly key: readonly (string | null)[]
  /** As they were sent, or what a scenario has in their place. */
  readonly provider: string | null
  readonly model: string | null
  readonly calls: number
  readonly unpricedCalls: number
  readonly tokens: TokenUsage
  /** USD, of the calls that have one. */
  readonly cost: Decimal
}

/** Groups of models that one answer may be made of. */
export const MOST_CELLS = 1_000

/** A tenant's use by model, and by other dimensions, from sums; with every correction made since. Throws `InvalidInput` where there are too many. */
export async function usageCells(usage: Usage, { tenantId, range, filter }: ChargeGroup, by: readonly Dimension[] = []): Promise<readonly UsageCell[]> {
  const dimensions = [...new Set<Dimension>([...by, 'provider', 'model'])]
  const groups = await usage.report(tenantScope(tenantId), { range, ...(filter && { filter }) }).breakdown({ by: dimensions, first: MOST_CELLS })
  if (groups.length === MOST_CELLS) throw tooManyCells(by)
  return groups.map(({ key, measures: { calls, unpricedCalls, tokens, cost } }) => {
    const values = new Map(key.map(({ dimension, value }) => [dimension, value]))
    const [provider = null, model = null] = [values.get('provider'), values.get('model')]
    return { key: by.map(dimension => values.get(dimension) ?? null), provider, model, calls, unpricedCalls, tokens, cost }
  })
}

/** Says that an answer would have too many parts. */
export function tooManyCells(by: readonly Dimension[]): InvalidInput {
  const message = `leaves ${MOST_CELLS.toLocaleString('en')} models or more${by.length === 0 ? '' : ` by ${by.join(', ')}`}: name some of them, or group by less`
  return new InvalidInput([{ path: 'filter', message }])
}

/** A model's use as it is charged, by the names that rules use. */
export function chargeLine(
  { provider, model, calls, unpricedCalls, tokens, cost }: UsageCell,
  catalog: PriceCatalog,
  { tenantId, range }: ChargeGroup,
): GroupChargeLine {
  const named = provider !== null && model !== null ? chargedModel(catalog, { provider, model, at: range.from, tenantId }) : { provider, model }
  const dimensions = Object.fromEntries(Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== null))
  const priced = calls - unpricedCalls
  return {
    ...named,
    parts: tokenParts(tokens, dimensions),
    cost: priced === 0 && calls > 0 ? null : cost,
    label: `${provider ?? 'no'} ${model ?? 'model'}: ${priced.toLocaleString('en')} ${priced === 1 ? 'call' : 'calls'}`,
  }
}

/** What cells come to together. */
export function sumCells(cells: readonly UsageCell[]): { readonly calls: number; readonly unpricedCalls: number; readonly cost: Decimal } {
  return {
    calls: cells.reduce((sum, { calls }) => sum + calls, 0),
    unpricedCalls: cells.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0),
    cost: cells.reduce((sum, { cost }) => sum.plus(cost), ZERO),
  }
}
