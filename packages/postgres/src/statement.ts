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
 * as a filter: only a condition of the statement can use an index. For a page of a list, see `pageInScope`.
 */
export function inScope(scope: Scope, statement: StatementValues): string {
  return scope.kind === 'operator' ? 'true' : `tenant_id = any (${statement.add(textArray(scope.tenantIds))}::text[])`
}

/** The condition and the order of a list. */
export interface PageInScope {
  readonly condition: string
  readonly order: string
}

/**
 * Returns the condition and the order of a list of a scope, whose pages read only themselves: by an index on `tenant_id` and the
 * column for a tenant, and by one on the column alone for an operator.
 */
export function pageInScope(scope: Scope, statement: StatementValues, order: `${string} ${'asc' | 'desc'}`): PageInScope {
  const [tenantId, ...others] = scope.kind === 'operator' ? [] : scope.tenantIds
  if (tenantId === undefined || others.length > 0) return { condition: inScope(scope, statement), order }
  const tenant = `${statement.add(tenantId)}::text`
  // As a range, so that the order includes the tenant. With =, PostgreSQL might also choose the index on the column alone,
  // which has the rows of all other tenants in between.
  return { condition: `tenant_id >= ${tenant} and tenant_id <= ${tenant}`, order: `tenant_id ${order.endsWith(' desc') ? 'desc' : 'asc'}, ${order}` }
}
