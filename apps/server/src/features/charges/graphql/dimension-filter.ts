import type { UsageFilter as DimensionFilter } from '@tollgate/charges'
import { filterLists, type UsageFilter } from '@tollgate/usage'

/** Returns a filter of the usage package by dimension. */
export function toDimensionFilter(filter: UsageFilter): DimensionFilter {
  return Object.fromEntries(filterLists(filter).map(({ dimension, values }) => [dimension, values]))
}
