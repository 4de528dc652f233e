import type { Scope } from '@tollgate/kernel'
import { filterLists } from '../filter-dimensions.ts'
import type { UsageFilter } from '../usage-store.ts'
import { textArray } from './column-array.ts'
import { DIMENSION_COLUMNS } from './dimension-columns.ts'

/** The values of a statement that is put together from parts: each part adds its own, and names them. */
export interface StatementValues {
  readonly values: unknown[]
  /** Adds a value and answers its placeholder, `$7`. */
  add(value: unknown): string
}

/** Starts with no values. */
export function statementValues(): StatementValues {
  const values: unknown[] = []
  return { values, add: value => `$${values.push(value)}` }
}

/**
 * A condition that keeps a table with a `tenant_id` to the scope. Row-level security does that too, but as a filter:
 * only a condition of the statement can use an index.
 */
export function inScope(scope: Scope, statement: StatementValues): string {
  return scope.kind === 'operator' ? 'true' : `tenant_id = any (${statement.add(textArray(scope.tenantIds))}::text[])`
}

/** A condition on `usage.dimension_sets`: the sets of the scope that the filter means. */
export function matchingSets(scope: Scope, filter: UsageFilter, statement: StatementValues): string {
  const lists = filterLists(filter).map(({ dimension, values }) => `${DIMENSION_COLUMNS[dimension]} = any (${statement.add(textArray(values))}::text[])`)
  return [inScope(scope, statement), ...lists].join(' and ')
}
