import { type Decimal, InvalidInput, type Issue } from '@tollgate/kernel'
import type { AmountInput } from '@tollgate/kernel/input'
import type { Dimension } from './dimension.ts'
import type { PricingState, UsageStatus } from './event.ts'

/**
 * Selects events. A list matches any of its values; an empty list matches nothing; an omitted list matches everything. An event
 * without a value matches no list. Rollups answer for dimensions; for the rest, stores read single events.
 */
export interface UsageFilter {
  readonly providers?: readonly string[]
  readonly models?: readonly string[]
  readonly operations?: readonly string[]
  readonly statuses?: readonly UsageStatus[]
  readonly customers?: readonly string[]
  readonly organizations?: readonly string[]
  readonly products?: readonly string[]
  readonly features?: readonly string[]
  readonly tiers?: readonly string[]
  readonly environments?: readonly string[]
  readonly taskTypes?: readonly string[]
  /** Only events without a value in these. */
  readonly missing?: readonly (Dimension | 'session')[]
  readonly sessions?: readonly string[]
  readonly requests?: readonly string[]
  readonly traces?: readonly string[]
  /** Events that one of these identifies: as session, request or trace, as idempotency key, or as the text of an attribute. */
  readonly identifiers?: readonly string[]
  /** How the cost is known, after corrections. */
  readonly pricingStates?: readonly PricingState[]
  /** Only events whose cost, after corrections, is known and in this range. */
  readonly cost?: CostRange
}

/** Costs in USD. The bounds are included. */
export interface CostRange {
  readonly atLeast?: Decimal
  readonly atMost?: Decimal
}

/** A filter as callers give it: costs are text, Decimals or integers. */
export interface FilterInput extends Omit<UsageFilter, 'cost'> {
  readonly cost?: { readonly atLeast?: AmountInput; readonly atMost?: AmountInput }
}

/** Lists of values that no dimension has. */
export const EVENT_LISTS = ['sessions', 'requests', 'traces', 'identifiers', 'pricingStates'] as const

/** Returns whether a filter selects by more than dimensions, so that no rollup can answer it. */
export function selectsSingleEvents(filter: UsageFilter): boolean {
  return filter.cost !== undefined || EVENT_LISTS.some(name => filter[name] !== undefined) || (filter.missing ?? []).includes('session')
}

/** Returns the dimensions in which a filter selects events without a value. */
export function missingDimensions({ missing = [] }: UsageFilter): readonly Dimension[] {
  return missing.filter(name => name !== 'session')
}

/** The dimension of each list of a filter. */
const FILTER_DIMENSIONS = {
  providers: 'provider',
  models: 'model',
  operations: 'operation',
  statuses: 'status',
  customers: 'customer',
  organizations: 'organization',
  products: 'product',
  features: 'feature',
  tiers: 'tier',
  environments: 'environment',
  taskTypes: 'taskType',
} as const satisfies Record<string, Dimension>

/** One list of a filter, with its name and its dimension. */
export interface FilterList {
  readonly name: keyof typeof FILTER_DIMENSIONS
  readonly dimension: Dimension
  readonly values: readonly string[]
}

/** Returns the lists of a filter that are present. */
export function filterLists(filter: UsageFilter): FilterList[] {
  const names = Object.keys(FILTER_DIMENSIONS) as FilterList['name'][]
  return names.flatMap(name => {
    const values = filter[name]
    return values === undefined ? [] : [{ name, dimension: FILTER_DIMENSIONS[name], values }]
  })
}

const LISTS = Object.fromEntries(Object.entries(FILTER_DIMENSIONS).map(([name, dimension]) => [dimension, name])) as Partial<Record<string, FilterList['name']>>

/** Returns the filter for these values of dimensions. Null, which must be alone, stands for events without a value. Throws `InvalidInput`. */
export function filterByDimensions(values: Readonly<Record<string, readonly (string | null)[]>>): UsageFilter {
  const issues: Issue[] = []
  const lists: Partial<Record<FilterList['name'], readonly (string | null)[]>> = {}
  const missing: Dimension[] = []
  for (const [dimension, list] of Object.entries(values)) {
    const name = Object.hasOwn(LISTS, dimension) ? LISTS[dimension] : undefined
    const path = `filter.${dimension}`
    if (name === undefined) issues.push({ path, message: 'is not a dimension that usage can be filtered by' })
    else if (!list.includes(null)) lists[name] = list
    else if (list.length === 1) missing.push(FILTER_DIMENSIONS[name])
    else issues.push({ path, message: 'must name values, or null alone' })
  }
  if (issues.length > 0) throw new InvalidInput(issues)
  return { ...(lists as UsageFilter), ...(missing.length > 0 && { missing }) }
}
