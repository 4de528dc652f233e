import { inScope, type StatementValues, textArray } from '@tollgate/postgres'
import type { Scope } from '@tollgate/kernel'
import { filterLists, missingDimensions, type UsageFilter } from '../../model/usage-filter.ts'
import { DIMENSION_COLUMNS } from './dimension-set-columns.ts'

/** Returns a condition on `usage.dimension_sets` that selects the sets of the scope that match the filter. */
export function matchingSets(scope: Scope, filter: UsageFilter, statement: StatementValues): string {
  const lists = filterLists(filter).map(({ dimension, values }) => `${DIMENSION_COLUMNS[dimension]} = any (${statement.add(textArray(values))}::text[])`)
  const missing = missingDimensions(filter).map(dimension => `${DIMENSION_COLUMNS[dimension]} is null`)
  return [inScope(scope, statement), ...lists, ...missing].join(' and ')
}
