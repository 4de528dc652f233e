import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { type PostgresDatabase, textArray } from '@tollgate/postgres'
import type { SubscriptionStore } from '../subscription-store.ts'
import { CHANGED_COLUMNS, SUBSCRIPTION_COLUMNS, subscriptionOf, type SubscriptionRow } from './tables/subscriptions.ts'

const SELECTED = `select tenant_id, id, status, currency, anchor_day, time_zone, started_at, trial_ends_at, cancels_at, ended_at, previous_tier, phases, advanced_to, revision
  from invoicing.subscriptions`

// Ids sort by the time when subscriptions were made.
const OF_TENANT = `${SELECTED} where tenant_id = $1 order by id`

const OF_TENANTS = `${SELECTED} where tenant_id = any ($1::text[]) order by tenant_id, id`

// The unique index open_subscription decides.
const INSERT = `insert into invoicing.subscriptions (${SUBSCRIPTION_COLUMNS.names})
  select ${SUBSCRIPTION_COLUMNS.unnest(1)}
  on conflict (tenant_id) where ended_at is null do nothing
  returning id`

const UPDATE = `with changed as (select ${SUBSCRIPTION_COLUMNS.unnest(1)})
  update invoicing.subscriptions as stored set ${CHANGED_COLUMNS.map(name => `${name} = changed.${name}`).join(', ')}
  from changed
  where stored.tenant_id = changed.tenant_id and stored.id = changed.id and stored.revision = changed.revision - 1
  returning stored.id`

// Uses subscriptions_due.
const DUE = 'select tenant_id from invoicing.subscriptions where next_change <= $1::timestamptz and tenant_id <> all ($3::text[]) order by next_change limit $2'

const PAGE = `with tenants as (
    select distinct tenant_id from invoicing.subscriptions where $1::text is null or tenant_id > $1::text collate "C" order by tenant_id limit $2
  )
  ${SELECTED} where tenant_id in (select tenant_id from tenants) order by tenant_id, id`

/** Stores subscriptions in `invoicing.subscriptions`. */
export function postgresSubscriptionStore(database: PostgresDatabase): SubscriptionStore {
  const write =
    (statement: string): SubscriptionStore['add'] =>
    (subscription, alongside) =>
      database.transaction(tenantScope(subscription.tenantId), async transaction => {
        const written = await transaction.query(statement, SUBSCRIPTION_COLUMNS.values([subscription]))
        if (written.length === 0) return false
        await alongside(transaction)
        return true
      })
  return {
    ofTenant: async tenantId => (await database.query<SubscriptionRow>(tenantScope(tenantId), OF_TENANT, [tenantId])).map(subscriptionOf),
    ofTenants: async tenantIds => (await database.query<SubscriptionRow>(tenantScope(...tenantIds), OF_TENANTS, [textArray(tenantIds)])).map(subscriptionOf),
    add: write(INSERT),
    update: write(UPDATE),
    due: async (at, first, except = []) =>
      (await database.query<{ tenant_id: string }>(OPERATOR_SCOPE, DUE, [at.toString(), first, except])).map(({ tenant_id }) => tenant_id),
    async page({ first, after }) {
      const rows = (await database.query<SubscriptionRow>(OPERATOR_SCOPE, PAGE, [after, first])).map(subscriptionOf)
      return [...Map.groupBy(rows, ({ tenantId }) => tenantId).values()]
    },
  }
}
