import type { PostgresTransaction, PreparedStatement } from '@tollgate/postgres'

// Uses the primary key (tenant_id).
const REVISIONS: PreparedStatement = {
  name: 'quotas_revisions',
  text: `
  select tenant_id, (select revision from quotas.plan_revision)::text as plans, coalesce(revision, 0)::text as own
  from unnest($1::text[]) as requested (tenant_id) left join quotas.tenant_revisions using (tenant_id)`,
}

interface RevisionRow {
  tenant_id: string
  plans: string
  own: string
}

/** Reads the policy revision of each tenant. */
export async function readRevisions(transaction: Pick<PostgresTransaction, 'query'>, tenants: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.query<RevisionRow>(REVISIONS, [tenants])
  return new Map(rows.map(({ tenant_id, plans, own }) => [tenant_id, revisionText(plans, own)]))
}

/** Returns the revision of a tenant's policies: how often plans were published, and how often the tenant's own policies changed. */
export function revisionText(plans: string | number, own: string | number): string {
  return `${plans}.${own}`
}
