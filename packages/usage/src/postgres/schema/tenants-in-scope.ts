import type { Scope } from '@tollgate/kernel'
import { type StatementValues, textArray } from '@tollgate/postgres'

/**
 * Returns the query of a recursive "with tenants as" that lists the tenants of a scope. Queries go tenant by tenant, so
 * that each part reads one range of a primary key that starts with tenant_id, and a tenant's query costs in proportion
 * to that tenant's data. For an operator, it lists the tenants that have dimension sets, with one index look-up per
 * tenant, followed by a null, which joins nothing.
 */
export function tenantsInScope(scope: Scope, statement: StatementValues): string {
  if (scope.kind === 'tenants') return `select unnest(${statement.add(textArray([...new Set(scope.tenantIds)]))}::text[]) as tenant_id`
  return `(select tenant_id from usage.dimension_sets order by tenant_id limit 1)
    union all
    select (select tenant_id from usage.dimension_sets where tenant_id > tenants.tenant_id order by tenant_id limit 1)
    from tenants
    where tenant_id is not null`
}
