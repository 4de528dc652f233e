import { inScope, type StatementValues, textArray } from '@tollgate/postgres'
import type { Scope } from '@tollgate/kernel'
import { filterLists } from '../filter-dimensions.ts'
import type { UsageFilter } from '../usage-store.ts'
import { DIMENSION_COLUMNS } from './dimension-columns.ts'

/** A condition on `usage.dimension_sets`: the sets of the scope that the filter means. */
export function matchingSets(scope: Scope, filter: UsageFilter, statement: StatementValues): string {
  const lists = filterLists(filter).map(({ dimension, values }) => `${DIMENSION_COLUMNS[dimension]} = any (${statement.add(textArray(values))}::text[])`)
  return [inScope(scope, statement), ...lists].join(' and ')
}
