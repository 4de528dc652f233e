import type { Scope } from '@tollgate/kernel'
import { type StatementValues, textArray } from '@tollgate/postgres'

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
