import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import type { WebhookAttempt } from '../webhook-delivery.ts'
import type { WebhookStore } from '../webhook-store.ts'
import { DELIVERY_COLUMNS, type DeliveryRow, insertDeliveries, toDelivery } from './delivery-rows.ts'
import { ENDPOINT_COLUMNS, type EndpointRow, tenantsOf, toEndpoint } from './endpoint-rows.ts'
import { fanOut } from './fan-out.ts'
import { recordAttempt } from './record-attempt.ts'
import { redeliver } from './redeliver.ts'

const IN_SCOPE = '($1::text[] is null or tenant_id = any ($1))'

// Counted under a lock of the owner's own, so that two at once do not both take the last place.
const LOCK_OWNER = `select pg_advisory_xact_lock(hashtextextended('webhooks.endpoints ' || coalesce($1, ''), 0))`
const INSERT_ENDPOINT = `
  insert into webhooks.endpoints (id, tenant_id, url, types, description, enabled, created_at, secret)
  select $1, $2, $3, $4, $5, $6, $7, $8
  where (select count(*) from webhooks.endpoints where tenant_id is not distinct from $2) < $9
  returning id`
const UPDATE_ENDPOINT = `
  update webhooks.endpoints set url = $2, types = $3, description = $4, enabled = $5, disabled_reason = $6, failing_since = $7
  where id = $1`
const CHANGE_SECRET = `
  update webhooks.endpoints set old_secret = secret, old_secret_until = $4, secret = $3
  where ${IN_SCOPE} and id = $2 returning ${ENDPOINT_COLUMNS}`
const ENDPOINTS = `
  select ${ENDPOINT_COLUMNS} from webhooks.endpoints
  where ${IN_SCOPE} and ($2::uuid is null or id < $2) order by id desc limit $3`
const DELIVERIES = `
  select ${DELIVERY_COLUMNS} from webhooks.deliveries
  where ${IN_SCOPE} and endpoint_id = $2 and ($3::text is null or state = $3) and ($4::uuid is null or id < $4) order by id desc limit $5`
const ATTEMPTS = `
  select attempt.* from unnest($2::uuid[]) as wanted (id)
  cross join lateral (
    select delivery_id, number, at, status_code, error, duration_ms from webhooks.attempts
    where ${IN_SCOPE} and delivery_id = wanted.id order by number desc limit $3) as attempt`
const SENDABLE = `
  select ${DELIVERY_COLUMNS}, endpoint from (
    select delivery.*, to_jsonb(endpoint)::text as endpoint
    from webhooks.deliveries delivery join webhooks.endpoints endpoint on endpoint.id = delivery.endpoint_id
    where delivery.id = $1 and delivery.state = 'PENDING') as sendable`
const GIVE_UP = `
  update webhooks.deliveries set state = 'FAILED', failure = $2, next_attempt_at = null, settled_at = $3
  where id = $1 and state = 'PENDING'`
const FORGET = `
  with forgotten as (delete from webhooks.deliveries where id in (select id from webhooks.deliveries where created_at < $1 limit 10000) returning 1)
  select count(*)::int as count from forgotten`

interface SecretRow extends EndpointRow {
  secret: string
  old_secret: string | null
  old_secret_until: string | null
}

interface AttemptRow {
  delivery_id: string
  number: number
  at: string
  status_code: number | null
  error: string | null
  duration_ms: number
}

/** Webhooks in PostgreSQL, with their jobs in graphile-worker's tables beside them. */
export function postgresWebhookStore(database: PostgresDatabase): WebhookStore {
  return {
    addEndpoint: ({ tenantId, ...endpoint }, { secret, most }) =>
      database.transaction(tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId), async transaction => {
        await transaction.query(LOCK_OWNER, [tenantId])
        const { id, url, types, description, enabled, createdAt } = endpoint
        const rows = await transaction.query(INSERT_ENDPOINT, [id, tenantId, url, types, description, enabled, createdAt.toString(), secret, most])
        return rows.length > 0
      }),
    changeEndpoint: (scope, id, change) =>
      database.transaction(scope, async transaction => {
        const select = `select ${ENDPOINT_COLUMNS} from webhooks.endpoints where ${IN_SCOPE} and id = $2 for update`
        const [row] = await transaction.query<EndpointRow>(select, [tenantsOf(scope), id])
        if (row === undefined) return undefined
        const { url, types, description, enabled, disabledReason, failingSince, ...kept } = change(toEndpoint(row))
        await transaction.query(UPDATE_ENDPOINT, [id, url, types, description, enabled, disabledReason, failingSince?.toString() ?? null])
        return { ...kept, url, types, description, enabled, disabledReason, failingSince }
      }),
    async changeSecret(scope, id, { secret, oldUntil }) {
      const [row] = await database.query<EndpointRow>(scope, CHANGE_SECRET, [tenantsOf(scope), id, secret, oldUntil.toString()])
      return row && toEndpoint(row)
    },
    async deleteEndpoint(scope, id) {
      const rows = await database.query(scope, `delete from webhooks.endpoints where ${IN_SCOPE} and id = $2 returning id`, [tenantsOf(scope), id])
      return rows.length > 0
    },
    async endpoints(scope, { first, after = null }) {
      return (await database.query<EndpointRow>(scope, ENDPOINTS, [tenantsOf(scope), after, first])).map(toEndpoint)
    },
    async endpointsByIds(scope, ids) {
      const select = `select ${ENDPOINT_COLUMNS} from webhooks.endpoints where ${IN_SCOPE} and id = any ($2::uuid[])`
      return (await database.query<EndpointRow>(scope, select, [tenantsOf(scope), ids])).map(toEndpoint)
    },

    async deliveries(scope, { endpointId, state = null, first, after = null }) {
      return (await database.query<DeliveryRow>(scope, DELIVERIES, [tenantsOf(scope), endpointId, state, after, first])).map(toDelivery)
    },
    async deliveriesByIds(scope, ids) {
      const select = `select ${DELIVERY_COLUMNS} from webhooks.deliveries where ${IN_SCOPE} and id = any ($2::uuid[])`
      return (await database.query<DeliveryRow>(scope, select, [tenantsOf(scope), ids])).map(toDelivery)
    },
    async attempts(scope, deliveryIds, first) {
      const rows = await database.query<AttemptRow>(scope, ATTEMPTS, [tenantsOf(scope), deliveryIds, first])
      const byDelivery = Map.groupBy(rows, ({ delivery_id }) => delivery_id)
      return deliveryIds.map(id => (byDelivery.get(id) ?? []).map(toAttempt).toSorted((a, b) => b.number - a.number))
    },

    async position(source) {
      const [row] = await database.query<{ position: string }>(OPERATOR_SCOPE, 'select position from webhooks.positions where source = $1', [source])
      return row?.position
    },
    fanOut: batch => database.transaction(OPERATOR_SCOPE, transaction => fanOut(transaction, batch)),
    addDelivery: ({ at, ...delivery }) =>
      database.transaction(OPERATOR_SCOPE, async transaction => {
        const [made] = await insertDeliveries(transaction, [delivery], at)
        if (made === undefined) throw new Error('A delivery that was inserted did not come back')
        return made
      }),

    async sendable(deliveryId) {
      const [row] = await database.query<DeliveryRow & { endpoint: string }>(OPERATOR_SCOPE, SENDABLE, [deliveryId])
      if (row === undefined) return undefined
      const endpoint = JSON.parse(row.endpoint) as SecretRow
      const { secret, old_secret: oldSecret, old_secret_until: until } = endpoint
      return {
        delivery: toDelivery(row),
        endpoint: toEndpoint(endpoint),
        secret,
        oldSecret: oldSecret === null || until === null ? null : { secret: oldSecret, until: Temporal.Instant.from(until) },
      }
    },
    record: result => database.transaction(OPERATOR_SCOPE, transaction => recordAttempt(transaction, result)),
    async giveUp(deliveryId, { failure, at }) {
      await database.query(OPERATOR_SCOPE, GIVE_UP, [deliveryId, failure, at.toString()])
    },
    redeliver: (scope, which) => database.transaction(scope, transaction => redeliver(transaction, which)),
    async forget(before) {
      const [row] = await database.query<{ count: number }>(OPERATOR_SCOPE, FORGET, [before.toString()])
      return row?.count ?? 0
    },
  }
}

function toAttempt({ number, at, status_code: statusCode, error, duration_ms: durationMs }: AttemptRow): WebhookAttempt {
  return { number, at: Temporal.Instant.from(at), statusCode, error, durationMs }
}
