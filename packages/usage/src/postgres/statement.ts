import type { Scope } from '@tollgate/kernel'
import { textArray } from './column-array.ts'

/** A statement and the values of its placeholders. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

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

/**
 * The tenants of a scope, as the query of a recursive "with tenants as"; behind an operator's comes a null, which joins
 * nothing. Questions go tenant by tenant, so that each part is one stretch of a primary key that starts with tenant_id:
 * what a tenant asks costs by what is the tenant's. An operator's tenants are those with dimension sets, which all that
 * have usage have; the index over tenant_id is skipped through, one look-up a tenant.
 */
export function tenantsInScope(scope: Scope, statement: StatementValues): string {
  if (scope.kind === 'tenants') return `select unnest(${statement.add(textArray([...new Set(scope.tenantIds)]))}::text[]) as tenant_id`
  return `(select tenant_id from usage.dimension_sets order by tenant_id limit 1)
    union all
    select (select tenant_id from usage.dimension_sets where tenant_id > tenants.tenant_id order by tenant_id limit 1)
    from tenants
    where tenant_id is not null`
}
