import type { Dimension } from './dimension.ts'
import type { UsageStatus } from './event.ts'

/**
 * Selects events by their dimensions. A list matches any of its values; an empty list matches nothing; an omitted list
 * matches everything. An event without a value in a dimension matches no list of that dimension.
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
  /** Only events without a value in these dimensions. */
  readonly missing?: readonly Dimension[]
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
} as const satisfies Record<FilterList['name'], Dimension>

/** One list of a filter, with its name and its dimension. */
export interface FilterList {
  readonly name: Exclude<keyof UsageFilter, 'missing'>
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
