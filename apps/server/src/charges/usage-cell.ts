import { chargedModel, type ChargeRuleSet, type CountedUsage, type GroupChargeLine, tokenParts, type UsagePart } from '@tollgate/charges'
import { Decimal, InvalidInput, type Period, tenantScope, ZERO } from '@tollgate/kernel'
import type { PriceCatalog } from '@tollgate/pricing'
import { addTokenUsage } from './add-token-usage.ts'
import type { TokenUsage } from '@tollgate/tokens'
import type { Dimension, Usage, UsageGroup } from '@tollgate/usage'
import type { ChargeGroup } from './charge-group.ts'

/** The use of one model in one group: what sums and charges are made of. */
export interface UsageCell {
  /** The group: a value for each dimension that is grouped by. */
  readonly key: readonly (string | null)[]
  /** As they were sent, or what a scenario has in their place. */
  readonly provider: string | null
  readonly model: string | null
  /** What was done; null where operations are not told apart. They are where a price list counts quantities. */
  readonly operation: string | null
  readonly calls: number
  readonly unpricedCalls: number
  readonly tokens: TokenUsage
  /** Units of compute operations. */
  readonly quantity: Decimal
  /** USD, of the calls that have one. */
  readonly cost: Decimal
}

/** Groups of models that one part of an answer may be made of. */
export const MAX_CELLS = 1_000

/** Groups of models that all parts of an answer may be made of together. */
const MAX_CELLS_IN_ALL = 100_000

/** A stretch of time with what its price list counts; undefined where there is none. */
export interface CountedPeriod {
  readonly range: Period
  readonly counts?: CountedUsage | undefined
}

/** A part of a range, as its use is read. */
export function countedPeriod({ range, rules }: { readonly range: Period; readonly rules: Pick<ChargeRuleSet, 'priceModel'> }): CountedPeriod {
  return { range, counts: rules.priceModel?.counts }
}

/**
 * A tenant's use in each of several parts of a range, in their order: by model, and by other dimensions, from sums, with
 * every correction made since. In one read, however many there are; in two where operations are told apart in some only.
 * Throws `InvalidInput` where there are too many groups.
 */
export async function usageCells(
  usage: Usage,
  { tenantId, range, filter }: Pick<ChargeGroup, 'tenantId' | 'range' | 'filter'>,
  { parts, by = [] }: { readonly parts: readonly CountedPeriod[]; readonly by?: readonly Dimension[] | undefined },
): Promise<readonly (readonly UsageCell[])[]> {
  const report = usage.report(tenantScope(tenantId), { range, ...(filter && { filter }) })
  const first = Math.min(MAX_CELLS, Math.floor(MAX_CELLS_IN_ALL / parts.length))
  const cells = new Map<CountedPeriod, readonly UsageCell[]>()
  for (const [byOperation, counted] of Map.groupBy(parts, ({ counts }) => counts === 'quantity')) {
    const dimensions = [...new Set<Dimension>([...by, 'provider', 'model', ...(byOperation ? (['operation'] as const) : [])])]
    const found = await report.breakdowns({ periods: counted.map(part => part.range), by: dimensions, first })
    if (found.some(groups => groups.length === first)) throw tooManyCells(by, first)
    for (const [i, part] of counted.entries()) cells.set(part, found[i]?.map(group => cellOf(group, { by, byOperation })) ?? [])
  }
  return parts.map(part => cells.get(part) ?? [])
}

function cellOf({ key, measures }: UsageGroup, { by, byOperation }: { readonly by: readonly Dimension[]; readonly byOperation: boolean }): UsageCell {
  const { calls, unpricedCalls, tokens, quantity, cost } = measures
  const values = new Map(key.map(({ dimension, value }) => [dimension, value]))
  const [provider = null, model = null] = [values.get('provider'), values.get('model')]
  const operation = byOperation ? (values.get('operation') ?? null) : null
  return { key: by.map(dimension => values.get(dimension) ?? null), provider, model, operation, calls, unpricedCalls, tokens, quantity, cost }
}

/** Says that an answer would have too many groups in one part. */
export function tooManyCells(by: readonly Dimension[], most = MAX_CELLS): InvalidInput {
  const groups = `${most.toLocaleString('en')} models or more${by.length === 0 ? '' : ` by ${by.join(', ')}`}`
  const message =
    most === MAX_CELLS
      ? `leaves ${groups}: name some of them, or group by less`
      : `leaves ${groups} in one of many parts: choose a shorter range, name some of them, or group by less`
  return new InvalidInput([{ path: 'filter', message }])
}

/** What tells the lines of a charge apart, in each part of a period alike. */
export function lineKey({ provider, model, operation }: Pick<UsageCell, 'provider' | 'model' | 'operation'>): string {
  return JSON.stringify([provider, model, operation])
}

/** A model's use as it is charged, by the names that rules use. */
export function chargeLine(
  cell: UsageCell,
  catalog: PriceCatalog,
  { tenantId, range, counts = 'tokens' }: Pick<ChargeGroup, 'tenantId' | 'range'> & Pick<CountedPeriod, 'counts'>,
): GroupChargeLine {
  const { provider, model, operation, calls, unpricedCalls, cost } = cell
  const named = provider !== null && model !== null ? chargedModel(catalog, { provider, model, at: range.from, tenantId }) : { provider, model }
  const priced = calls - unpricedCalls
  return {
    ...named,
    key: lineKey(cell),
    parts: countedParts(cell, counts, { ...named, operation }),
    cost: priced === 0 && calls > 0 ? null : cost,
    label: `${provider ?? 'no'} ${model ?? 'model'}: ${priced.toLocaleString('en')} ${priced === 1 ? 'call' : 'calls'}`,
  }
}

/** What a price list counts of some use, with the dimensions that its cells may ask for: tokens also by `pool`, quantities by `operation`. */
export function countedParts(
  { calls, tokens, quantity }: Pick<UsageCell, 'calls' | 'tokens' | 'quantity'>,
  counts: CountedUsage,
  values: Readonly<Record<string, string | null>>,
): readonly UsagePart[] {
  const dimensions = Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null))
  switch (counts) {
    case 'tokens':
      return tokenParts(tokens, dimensions)
    case 'quantity':
      return quantity.isZero() ? [] : [{ quantity, dimensions }]
    case 'requests':
      return calls === 0 ? [] : [{ quantity: new Decimal(calls), dimensions }]
  }
}

/** What cells come to together. */
export function sumCells(cells: readonly UsageCell[]): {
  readonly calls: number
  readonly unpricedCalls: number
  readonly tokens: TokenUsage
  readonly quantity: Decimal
  readonly cost: Decimal
} {
  return {
    calls: cells.reduce((sum, { calls }) => sum + calls, 0),
    unpricedCalls: cells.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0),
    tokens: addTokenUsage(cells.map(({ tokens }) => tokens)),
    quantity: cells.reduce((sum, { quantity }) => sum.plus(quantity), ZERO),
    cost: cells.reduce((sum, { cost }) => sum.plus(cost), ZERO),
  }
}
