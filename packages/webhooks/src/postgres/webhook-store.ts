import { encryptText, pageInScope, type PostgresDatabase, type PostgresTransaction, type Statement, statementValues } from '@tollgate/postgres'
import { type Encryption, OPERATOR_SCOPE, type PageRequest, type Scope, tenantScope } from '@tollgate/kernel'
import type { AttemptScheduler } from '../attempt-scheduler.ts'
import type { WebhookStore } from '../webhook-store.ts'
import { readAttempts } from './attempt-rows.ts'
import { DELIVERY_COLUMNS, type DeliveryRow, insertDeliveries, toDelivery } from './delivery-rows.ts'
import { ENDPOINT_COLUMNS, type EndpointRow, IN_SCOPE, secretContext, tenantsOf, toEndpoint } from './endpoint-rows.ts'
import { fanOut } from './fan-out.ts'
import { readPendingDelivery } from './pending-delivery.ts'
import { recordAttempt } from './record-attempt.ts'
import { redeliver } from './redeliver.ts'

// The lock of the owner keeps two calls from both taking the last place.
const LOCK_OWNER = `select pg_advisory_xact_lock(hashtextextended('webhooks.endpoints ' || coalesce($1, ''), 0))`
const INSERT_ENDPOINT = `
  insert into webhooks.endpoints (id, tenant_id, url, types, description, enabled, created_at, secret)
  select $1, $2, $3, $4, $5, $6, $7, $8
  where (select count(*) from webhooks.endpoints where tenant_id is not distinct from $2) < $9
  returning id`
const LOCK_ENDPOINT = `select ${ENDPOINT_COLUMNS} from webhooks.endpoints where ${IN_SCOPE} and id = $2 for update`
const UPDATE_ENDPOINT = `
  update webhooks.endpoints set url = $2, types = $3, description = $4, enabled = $5, disabled_reason = $6, failing_since = $7
  where id = $1`
const CHANGE_SECRET = `
  update webhooks.endpoints set old_secret = secret, old_secret_until = $4, secret = $3
  where ${IN_SCOPE} and id = $2 returning ${ENDPOINT_COLUMNS}`
const DELETE_ENDPOINT = `delete from webhooks.endpoints where ${IN_SCOPE} and id = $2 returning id`
const ENDPOINTS_BY_IDS = `select ${ENDPOINT_COLUMNS} from webhooks.endpoints where ${IN_SCOPE} and id = any ($2::uuid[])`
// Relies on the indexes `deliveries_of_endpoints` (endpoint_id, id) and `deliveries_by_state` (endpoint_id, state, id). The endpoint is a
// range, so that the order includes it: with =, PostgreSQL might read the primary key, which has those of all endpoints in between.
const DELIVERIES = `
  select ${DELIVERY_COLUMNS} from webhooks.deliveries
  where ${IN_SCOPE} and endpoint_id >= $2 and endpoint_id <= $2 and ($3::text is null or state = $3) and ($4::uuid is null or id < $4)
  order by endpoint_id desc, id desc limit $5`
const DELIVERIES_BY_IDS = `select ${DELIVERY_COLUMNS} from webhooks.deliveries where ${IN_SCOPE} and id = any ($2::uuid[])`
const FAIL_DELIVERY = `
  update webhooks.deliveries set state = 'FAILED', failure = $2, next_attempt_at = null, settled_at = $3
  where id = $1 and state = 'PENDING'`
// Relies on the index `deliveries_by_time`.
const DELETE_DELIVERIES = `
  with deleted as (delete from webhooks.deliveries where id in (select id from webhooks.deliveries where created_at < $1 limit 10000) returning 1)
  select count(*)::int as count from deleted`

/** What the store needs. */
export interface PostgresWebhookStoreOptions {
  readonly database: PostgresDatabase
  readonly scheduler: AttemptScheduler<PostgresTransaction>
  /** Encrypts the secrets of endpoints. */
  readonly encryption: Encryption
}

/** Webhooks in PostgreSQL. */
export function postgresWebhookStore({ database, scheduler, encryption }: PostgresWebhookStoreOptions): WebhookStore {
  const encrypted = (secret: string, endpointId: string) => encryptText(encryption, secret, secretContext(endpointId))
  return {
    addEndpoint: ({ tenantId, ...endpoint }, { secret, max }) =>
      database.transaction(tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId), async transaction => {
        await transaction.query(LOCK_OWNER, [tenantId])
        const { id, url, types, description, enabled, createdAt } = endpoint
        const values = [id, tenantId, url, types, description, enabled, createdAt.toString(), encrypted(secret, id), max]
        const rows = await transaction.query(INSERT_ENDPOINT, values)
        return rows.length > 0
      }),
    changeEndpoint: (scope, id, change) =>
      database.transaction(scope, async transaction => {
        const [row] = await transaction.query<EndpointRow>(LOCK_ENDPOINT, [tenantsOf(scope), id])
        if (row === undefined) return undefined
        const { url, types, description, enabled, disabledReason, failingSince, ...unchanged } = change(toEndpoint(row))
        await transaction.query(UPDATE_ENDPOINT, [id, url, types, description, enabled, disabledReason, failingSince?.toString() ?? null])
        return { ...unchanged, url, types, description, enabled, disabledReason, failingSince }
      }),
    async changeSecret(scope, id, { secret, oldUntil }) {
      const [row] = await database.query<EndpointRow>(scope, CHANGE_SECRET, [tenantsOf(scope), id, encrypted(secret, id), oldUntil.toString()])
      return row && toEndpoint(row)
    },
    deleteEndpoint: async (scope, id) => (await database.query(scope, DELETE_ENDPOINT, [tenantsOf(scope), id])).length > 0,
    async endpoints(scope, { first, after }) {
      const { text, values } = endpointsStatement(scope, { first, after })
      return (await database.query<EndpointRow>(scope, text, values)).map(toEndpoint)
    },
    endpointsByIds: async (scope, ids) => (await database.query<EndpointRow>(scope, ENDPOINTS_BY_IDS, [tenantsOf(scope), ids])).map(toEndpoint),

    deliveries: async (scope, { endpointId, state = null, first, after = null }) =>
      (await database.query<DeliveryRow>(scope, DELIVERIES, [tenantsOf(scope), endpointId, state, after, first])).map(toDelivery),
    deliveriesByIds: async (scope, ids) => (await database.query<DeliveryRow>(scope, DELIVERIES_BY_IDS, [tenantsOf(scope), ids])).map(toDelivery),
    attempts: (scope, deliveryIds, first) => readAttempts(database, scope, { deliveryIds, first }),

    async position(source) {
      const [row] = await database.query<{ position: string }>(OPERATOR_SCOPE, 'select position from webhooks.positions where source = $1', [source])
      return row?.position
    },
    fanOut: batch => database.transaction(OPERATOR_SCOPE, transaction => fanOut(transaction, batch, scheduler)),
    addDelivery: ({ at, ...delivery }) =>
      database.transaction(OPERATOR_SCOPE, async transaction => {
        const [inserted] = await insertDeliveries(transaction, { deliveries: [delivery], at, scheduler })
        if (inserted === undefined) throw new Error('The insert of a delivery returned no row')
        return inserted
      }),

    pendingDelivery: deliveryId => readPendingDelivery({ database, encryption }, deliveryId),
    recordAttempt: result => database.transaction(OPERATOR_SCOPE, transaction => recordAttempt(transaction, result, scheduler)),
    async failDelivery(deliveryId, { failure, at }) {
      await database.query(OPERATOR_SCOPE, FAIL_DELIVERY, [deliveryId, failure, at.toString()])
    },
    redeliver: (scope, query) => database.transaction(scope, transaction => redeliver(transaction, query, scheduler)),
    async deleteDeliveries(before) {
      const [row] = await database.query<{ count: number }>(OPERATOR_SCOPE, DELETE_DELIVERIES, [before.toString()])
      return row?.count ?? 0
    },
  }
}

/** An operator's page relies on the primary key, a tenant's on the index (tenant_id, id). */
function endpointsStatement(scope: Scope, { first, after }: PageRequest): Statement {
  const statement = statementValues()
  const { condition, order } = pageInScope(scope, statement, 'id desc')
  const conditions = [condition, ...(after === undefined ? [] : [`id < ${statement.add(after)}::uuid`])]
  const text = `select ${ENDPOINT_COLUMNS} from webhooks.endpoints where ${conditions.join(' and ')} order by ${order} limit ${statement.add(first)}`
  return { text, values: statement.values }
}
