import type { Scope } from '@tollgate/kernel'
import { textArray } from './column-array.ts'

/** A statement and the values of its parameters. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** The parameters of a statement that is assembled from parts: each part adds the values that it needs. */
export interface StatementValues {
  readonly values: unknown[]
  /** Adds a value and returns its placeholder, such as `$7`. */
  add(value: unknown): string
}

/** Returns an empty list of parameters. */
export function statementValues(): StatementValues {
  const values: unknown[] = []
  return { values, add: value => `$${values.push(value)}` }
}

/**
 * Returns a condition that limits a table with a `tenant_id` column to the scope. Row-level security limits it too, but
 * as a filter: only a condition of the statement can use an index.
 */
export function inScope(scope: Scope, statement: StatementValues): string {
  return scope.kind === 'operator' ? 'true' : `tenant_id = any (${statement.add(textArray(scope.tenantIds))}::text[])`
}
