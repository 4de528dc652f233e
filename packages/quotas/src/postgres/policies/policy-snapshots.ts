import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction } from '@tollgate/postgres'
import type { QuotaPlan } from '../../model/policies/plan.ts'
import type { PolicySnapshot } from '../../model/policies/policy-snapshot.ts'
import { OVERRIDE_JSON, overridesOf } from '../tables/overrides.ts'
import { plansOf } from '../tables/policies.ts'
import { revisionText } from '../tables/revisions.ts'

// Uses the index (name, publication).
const LATEST_PLANS = `
  select json_agg(plan order by name)::text as plans
  from (select distinct on (name) name, plan from quotas.plans order by name, publication desc) as latest`

// One statement, so that revisions and content are of the same moment. Uses the indexes (tenant_id) and (tenant_id, revision).
const READ_SNAPSHOTS = `
  select requested.tenant_id, (select revision from quotas.plan_revision)::text as plans_revision, coalesce(known.revision, 0)::text as own_revision,
    (select json_agg(${OVERRIDE_JSON} order by revision)::text
       from quotas.overrides as own where own.tenant_id = requested.tenant_id) as overrides,
    null as plans
  from unnest($1::text[]) as requested (tenant_id) left join quotas.tenant_revisions as known using (tenant_id)
  union all
  select null, null, null, null, (${LATEST_PLANS})`

interface SnapshotRow {
  tenant_id: string | null
  plans_revision: string | null
  own_revision: string | null
  overrides: string | null
  /** In the row without a tenant. */
  plans: string | null
}

/** Reads the current policy snapshots of tenants. */
export async function readPolicySnapshots(
  database: PostgresDatabase,
  tenantIds: readonly string[],
  transaction: PostgresTransaction | undefined,
): Promise<readonly PolicySnapshot[]> {
  const rows = await (transaction === undefined
    ? database.query<SnapshotRow>(tenantScope(...tenantIds), READ_SNAPSHOTS, [tenantIds])
    : transaction.query<SnapshotRow>(READ_SNAPSHOTS, [tenantIds]))
  const plans = plansOf(rows.find(row => row.tenant_id === null)?.plans ?? '[]')
  const byTenant = new Map(rows.map(row => [row.tenant_id, row]))
  return tenantIds.map(tenantId => {
    const row = byTenant.get(tenantId)
    return { revision: revisionText(row?.plans_revision ?? 0, row?.own_revision ?? 0), plans, overrides: overridesOf(tenantId, row?.overrides ?? '[]') }
  })
}

/** Reads the latest publication of each plan. */
export async function readPlans(database: PostgresDatabase, transaction?: PostgresTransaction): Promise<readonly QuotaPlan[]> {
  const [row] = await (transaction === undefined
    ? database.query<{ plans: string | null }>(OPERATOR_SCOPE, LATEST_PLANS)
    : transaction.query<{ plans: string | null }>(LATEST_PLANS))
  return plansOf(row?.plans ?? '[]')
}
