import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import { comparePlans } from '../engine/plans/compare-plans.ts'
import { planKey } from '../model/plans/plan-key.ts'
import type { PlanStore } from '../plan-store.ts'
import { planOf, type PlanRow, planTermsJson } from './tables/plans.ts'

const ALL = 'select name, version, key, terms, published_at from invoicing.plans'
// Plans are numbered one after the other.
const LOCK = "select pg_advisory_xact_lock(hashtext('invoicing.plans'))"
const LAST = 'select coalesce(max(version), 0)::integer as version from invoicing.plans where name = $1'
const INSERT = 'insert into invoicing.plans (name, version, key, terms, published_at) values ($1, $2, $3, $4::jsonb, $5::timestamptz)'

/** Stores plans in `invoicing.plans`. */
export function postgresPlanStore(database: PostgresDatabase): PlanStore {
  return {
    all: async () => (await database.query<PlanRow>(OPERATOR_SCOPE, ALL)).map(planOf).toSorted(comparePlans),
    add: (plan, alongside) =>
      database.transaction(OPERATOR_SCOPE, async transaction => {
        await transaction.query(LOCK)
        const [last] = await transaction.query<{ version: number }>(LAST, [plan.name])
        const version = (last?.version ?? 0) + 1
        const added = { ...plan, version, key: planKey(plan.name, version) }
        await transaction.query(INSERT, [added.name, version, added.key, JSON.stringify(planTermsJson(added)), added.publishedAt.toString()])
        await alongside(added, transaction)
        return added
      }),
  }
}
