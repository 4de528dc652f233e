import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { type PostgresDatabase, timestampText } from '@tollgate/postgres'
import type { OutdatedLeasesQuery } from '../../lease-store.ts'

// Uses the index (tenant_id, expires_at) where lease_revision is not null.
const OUTDATED_LEASES = `
  select exists (
    select from quotas.holds as lease left join quotas.tenant_revisions as known using (tenant_id)
    where lease_revision is not null and ($1::text is null or tenant_id = $1) and expires_at > $2::timestamptz
      and lease_revision <> (select revision from quotas.plan_revision)::text || '.' || coalesce(known.revision, 0)::text
  ) as any`

/** Whether a process still holds a lease that was made with replaced policies. */
export async function hasOutdatedLeases(database: PostgresDatabase, { tenantId, nowMs }: OutdatedLeasesQuery): Promise<boolean> {
  const scope = tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId)
  const [row] = await database.query<{ any: boolean }>(scope, OUTDATED_LEASES, [tenantId, timestampText(nowMs)])
  return row?.any === true
}
