import type { PostgresTransaction } from '@tollgate/postgres'
import type { QuotaOverride } from '../../model/policies/override.ts'
import type { QuotaPlan } from '../../model/policies/plan.ts'
import { OVERRIDE_COLUMNS } from '../tables/overrides.ts'
import { storedPlan } from '../tables/policies.ts'

// Locks the row of the revision until the commit, so that overrides of a tenant are numbered in the order in which they commit.
const INSERT_OVERRIDE = `
  with made as (
    select ${OVERRIDE_COLUMNS.unnest(1)}
  ), next as (
    insert into quotas.tenant_revisions as known (tenant_id, revision) select tenant_id, 1 from made
    on conflict (tenant_id) do update set revision = known.revision + 1
    returning revision
  )
  insert into quotas.overrides (${OVERRIDE_COLUMNS.names}, revision)
  select ${OVERRIDE_COLUMNS.names}, revision from made, next`

const NEXT_REVISION = `
  insert into quotas.tenant_revisions as known (tenant_id, revision) values ($1, 1)
  on conflict (tenant_id) do update set revision = known.revision + 1`

const PUBLISH_PLAN = `
  with next as (update quotas.plan_revision set revision = revision + 1 returning revision)
  insert into quotas.plans (publication, name, plan) select revision, $1, $2::jsonb from next`

/** Adds an override, with the next revision of its tenant. */
export async function insertOverride(transaction: PostgresTransaction, override: QuotaOverride): Promise<void> {
  await transaction.query(INSERT_OVERRIDE, OVERRIDE_COLUMNS.values([override]))
}

/** Makes every earlier revision of a tenant's policies stale, once the transaction has committed. */
export async function nextRevision(transaction: PostgresTransaction, tenantId: string): Promise<void> {
  await transaction.query(NEXT_REVISION, [tenantId])
}

/** Publishes a plan, with the next revision of all tenants. */
export async function insertPlan(transaction: PostgresTransaction, plan: QuotaPlan): Promise<void> {
  await transaction.query(PUBLISH_PLAN, [plan.name, JSON.stringify(storedPlan(plan))])
}
