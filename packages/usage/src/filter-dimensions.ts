import type { Dimension } from './dimension.ts'
import type { UsageFilter } from './usage-store.ts'

/** The dimension that each list of a filter is about. */
export const FILTER_DIMENSIONS = {
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
} as const satisfies Record<keyof UsageFilter, Dimension>

/** One list of a filter, by its name and the dimension that it is about. */
export interface FilterList {
  readonly name: keyof UsageFilter
  readonly dimension: Dimension
  readonly values: readonly string[]
}

/** The lists of a filter that are there. */
export function filterLists(filter: UsageFilter): FilterList[] {
  const names = Object.keys(FILTER_DIMENSIONS) as (keyof UsageFilter)[]
  return names.flatMap(name => {
    const values = filter[name]
    return values === undefined ? [] : [{ name, dimension: FILTER_DIMENSIONS[name], values }]
  })
}
