import type { PostgresDatabase, PostgresTransaction } from '@tollgate/postgres'
import { OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import type { QuotaPlan } from '../policies/plan.ts'
import type { PolicySnapshot, QuotaOverride } from '../policies/policy-book.ts'
import { revisionText } from './revisions.ts'
import { plansOf, policyOf, type StoredPolicy, storedPlan, storedPolicy } from './stored-policy.ts'

// Relies on the index (name, publication).
const LATEST_PLANS = `
  select json_agg(plan order by name)::text as plans
  from (select distinct on (name) name, plan from quotas.plans order by name, publication desc) as latest`

// One statement: revisions and content are of one moment. Relies on the indexes (tenant_id) and (tenant_id, revision).
const READ_BOOKS = `
  select asked.tenant_id, (select revision from quotas.plan_revision)::text as plans_revision, coalesce(known.revision, 0)::text as own_revision,
    (select json_agg(json_build_object('id', id, 'limitKey', slot, 'policy', policy, 'setBy', set_by, 'setAt', set_at) order by revision)::text
       from quotas.overrides as own where own.tenant_id = asked.tenant_id) as overrides,
    null as plans
  from unnest($1::text[]) as asked (tenant_id) left join quotas.tenant_revisions as known using (tenant_id)
  union all
  select null, null, null, null, (${LATEST_PLANS})`

// The revision's row is locked until commit: overrides of a tenant are numbered in the order in which they commit.
const ADD_OVERRIDE = `
  with given_out as (
    insert into quotas.tenant_revisions as known (tenant_id, revision) values ($2, 1)
    on conflict (tenant_id) do update set revision = known.revision + 1
    returning revision
  )
  insert into quotas.overrides (id, tenant_id, revision, slot, policy, set_by, set_at)
  select $1::uuid, $2, revision, $3, $4::jsonb, $5, $6::timestamptz from given_out`

const TENANT_CHANGED = `
  insert into quotas.tenant_revisions as known (tenant_id, revision) values ($1, 1)
  on conflict (tenant_id) do update set revision = known.revision + 1`

const PUBLISH_PLAN = `
  with given_out as (update quotas.plan_revision set revision = revision + 1 returning revision)
  insert into quotas.plans (publication, name, plan) select revision, $1, $2::jsonb from given_out`

interface BookRow {
  tenant_id: string | null
  plans_revision: string | null
  own_revision: string | null
  overrides: string | null
  /** In the row without a tenant. */
  plans: string | null
}

type StoredOverride = Pick<QuotaOverride, 'id' | 'limitKey' | 'setBy'> & { readonly setAt: string; readonly policy: StoredPolicy | null }

/** The policy books of tenants, as of now. */
export async function readPolicyBooks(
  database: PostgresDatabase,
  tenantIds: readonly string[],
  transaction: PostgresTransaction | undefined,
): Promise<readonly PolicySnapshot[]> {
  const rows = await (transaction === undefined
    ? database.query<BookRow>(tenantScope(...tenantIds), READ_BOOKS, [tenantIds])
    : transaction.query<BookRow>(READ_BOOKS, [tenantIds]))
  const plans = plansOf(rows.find(row => row.tenant_id === null)?.plans ?? '[]')
  const byTenant = new Map(rows.map(row => [row.tenant_id, row]))
  return tenantIds.map(tenantId => {
    const row = byTenant.get(tenantId)
    return { revision: revisionText(row?.plans_revision ?? 0, row?.own_revision ?? 0), plans, overrides: overridesOf(tenantId, row?.overrides ?? '[]') }
  })
}

function overridesOf(tenantId: string, text: string): QuotaOverride[] {
  return (JSON.parse(text) as StoredOverride[]).map(({ policy, setAt, ...stored }) => ({
    ...stored,
    tenantId,
    policy: policy === null ? null : policyOf(policy),
    setAt: Temporal.Instant.from(setAt),
  }))
}

/** Published plans. */
export async function readPlans(database: PostgresDatabase): Promise<readonly QuotaPlan[]> {
  const [row] = await database.query<{ plans: string | null }>(OPERATOR_SCOPE, LATEST_PLANS)
  return plansOf(row?.plans ?? '[]')
}

/** Adds a policy of a tenant's own. */
export async function insertOverride(transaction: PostgresTransaction, { id, tenantId, limitKey, policy, setBy, setAt }: QuotaOverride): Promise<void> {
  const stored = policy === null ? null : JSON.stringify(storedPolicy(policy))
  await transaction.query(ADD_OVERRIDE, [id, tenantId, limitKey, stored, setBy, setAt.toString()])
}

/** Makes every revision of a tenant's book from before stale, once it is committed. */
export async function bumpRevision(transaction: PostgresTransaction, tenantId: string): Promise<void> {
  await transaction.query(TENANT_CHANGED, [tenantId])
}

/** Publishes a plan. */
export async function insertPlan(transaction: PostgresTransaction, plan: QuotaPlan): Promise<void> {
  await transaction.query(PUBLISH_PLAN, [plan.name, storedPlan(plan)])
}
