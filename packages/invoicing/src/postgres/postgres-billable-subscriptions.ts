import { OPERATOR_SCOPE, tenantScope, toPage } from '@tollgate/kernel'
import { type PostgresDatabase, textArray } from '@tollgate/postgres'
import type { BillableSubscriptionsReader } from '../billing/billable-subscriptions-reader.ts'
import { postgresPlanStore } from './postgres-plan-store.ts'
import { SUBSCRIPTION_COLUMNS, subscriptionOf, type SubscriptionRow } from './tables/subscriptions.ts'

const TENANT_IDS = `select distinct tenant_id from invoicing.subscriptions where $1::text is null or tenant_id > $1 order by tenant_id limit $2`

/** Relies on the primary key. */
const OF_TENANTS = `select ${SUBSCRIPTION_COLUMNS.names} from invoicing.subscriptions where tenant_id = any ($1::text[]) order by tenant_id, started_at, id`

/** Reads the subscriptions that are billed from PostgreSQL. */
export function postgresBillableSubscriptions(database: PostgresDatabase): BillableSubscriptionsReader {
  const plans = postgresPlanStore(database)
  return {
    async tenantIds({ first, after = null }) {
      const rows = await database.query<{ tenant_id: string }>(OPERATOR_SCOPE, TENANT_IDS, [after, first + 1])
      return toPage(
        rows.map(row => row.tenant_id),
        first,
      )
    },
    async count() {
      const [row] = await database.query<{ count: number }>(OPERATOR_SCOPE, 'select count(distinct tenant_id)::integer as count from invoicing.subscriptions')
      return row?.count ?? 0
    },
    async of(tenantIds) {
      if (tenantIds.length === 0) return []
      const [rows, all] = await Promise.all([database.query<SubscriptionRow>(tenantScope(...tenantIds), OF_TENANTS, [textArray(tenantIds)]), plans.all()])
      const byKey = new Map(all.map(plan => [plan.key, plan]))
      return rows.map(subscriptionOf).map(subscription => {
        const keys = new Set(subscription.phases.map(({ plan }) => plan.key))
        return { subscription, plans: [...keys].flatMap(key => byKey.get(key) ?? []) }
      })
    },
  }
}
