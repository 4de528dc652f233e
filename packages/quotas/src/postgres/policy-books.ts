import { OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/kernel/postgres'
import type { QuotaPlan } from '../plan.ts'
import type { PolicyBook, QuotaOverride } from '../policy-book.ts'
import { revisionText } from './revisions.ts'
import { planOf, policyOf, type StoredPolicy, storedPlan, storedPolicy } from './stored-policy.ts'

// One statement: revision and content are of one moment. Relies on the index (name, publication) and the unique (tenant_id, revision).
const READ_BOOK = `
  select (select revision from quotas.plan_revision)::text as plans_revision,
    coalesce((select revision from quotas.tenant_revisions where tenant_id = $1), 0)::text as own_revision,
    array(select plan::text from (select distinct on (name) name, plan from quotas.plans order by name, publication desc) as latest order by name) as plans,
    (select coalesce(json_agg(json_build_object('id', id, 'slot', slot, 'policy', policy, 'setBy', set_by, 'setAt', set_at) order by revision), '[]')::text
       from quotas.overrides where tenant_id = $1) as overrides`

// The revision's row is locked until commit: overrides of a tenant are numbered in the order in which they commit.
const ADD_OVERRIDE = `
  with given_out as (
    insert into quotas.tenant_revisions as known (tenant_id, revision) values ($2, 1)
    on conflict (tenant_id) do update set revision = known.revision + 1
    returning revision
  )
  insert into quotas.overrides (id, tenant_id, revision, slot, policy, set_by, set_at)
  select $1::uuid, $2, revision, $3, $4::jsonb, $5, $6::timestamptz from given_out`

const PUBLISH_PLAN = `
  with given_out as (update quotas.plan_revision set revision = revision + 1 returning revision)
  insert into quotas.plans (publication, name, plan) select revision, $1, $2::jsonb from given_out`

interface BookRow {
  plans_revision: string
  own_revision: string
  plans: string[]
  overrides: string
}

type StoredOverride = Pick<QuotaOverride, 'id' | 'slot' | 'setBy'> & { readonly setAt: string; readonly policy: StoredPolicy | null }

/** The policy book of a tenant, as of now. */
export async function readPolicyBook(database: PostgresDatabase, tenantId: string): Promise<PolicyBook> {
  const [row] = await database.query<BookRow>(tenantScope(tenantId), READ_BOOK, [tenantId])
  if (row === undefined) throw new Error('A select without a table gave no row')
  const overrides = JSON.parse(row.overrides) as StoredOverride[]
  return {
    revision: revisionText(row.plans_revision, row.own_revision),
    plans: row.plans.map(planOf),
    overrides: overrides.map(({ policy, setAt, ...stored }) => ({
      ...stored,
      tenantId,
      policy: policy === null ? null : policyOf(policy),
      setAt: Temporal.Instant.from(setAt),
    })),
  }
}

/** Adds a policy of a tenant's own. */
export async function insertOverride(database: PostgresDatabase, { id, tenantId, slot, policy, setBy, setAt }: QuotaOverride): Promise<void> {
  const stored = policy === null ? null : JSON.stringify(storedPolicy(policy))
  await database.query(tenantScope(tenantId), ADD_OVERRIDE, [id, tenantId, slot, stored, setBy, setAt.toString()])
}

/** Publishes a plan. */
export async function insertPlan(database: PostgresDatabase, plan: QuotaPlan): Promise<void> {
  await database.query(OPERATOR_SCOPE, PUBLISH_PLAN, [plan.name, storedPlan(plan)])
}
