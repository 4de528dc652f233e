import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import type { OldLeasesQuery } from '../quota-store.ts'
import { instantOf } from './columns.ts'

// Relies on the index (tenant_id, expires_at) where lease_revision is not null.
const OLD_LEASES = `
  select exists (
    select from quotas.holds as lease left join quotas.tenant_revisions as known using (tenant_id)
    where lease_revision is not null and ($1::text is null or tenant_id = $1) and expires_at > $2::timestamptz
      and lease_revision <> (select revision from quotas.plan_revision)::text || '.' || coalesce(known.revision, 0)::text
  ) as any`

/** Whether processes still hold what they took by policies that were replaced. */
export async function hasOldLeases(database: PostgresDatabase, { tenantId, nowMs }: OldLeasesQuery): Promise<boolean> {
  const scope = tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId)
  const [row] = await database.query<{ any: boolean }>(scope, OLD_LEASES, [tenantId, instantOf(nowMs)])
  return row?.any === true
}
