import type { UsageFilter as DimensionFilter } from '@tollgate/charges'
import { filterLists, type UsageFilter } from '@tollgate/usage'

/** Returns a filter of the usage package by dimension. */
export function toDimensionFilter(filter: UsageFilter): DimensionFilter {
  const lists = filterLists(filter).map(({ dimension, values }): [string, readonly (string | null)[]] => [dimension, values])
  return Object.fromEntries([...lists, ...(filter.missing ?? []).map((dimension): [string, readonly null[]] => [dimension, [null]])])
}
