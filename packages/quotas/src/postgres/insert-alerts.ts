import type { PostgresTransaction } from '@tollgate/postgres'
import type { RaisedAlert } from '../counters/quota-state.ts'

/** The channel that tells of new alerts. The payload is the last cursor; the truth is in the table. */
export const ALERTS_CHANNEL = 'tollgate_quota_alerts'

// The cursor's row is locked until commit: alerts become visible in the order of their cursors.
const INSERT_ALERTS = `
  with given_out as (
    update quotas.alert_cursor set last = last + cardinality($1::uuid[]) returning last, last - cardinality($1::uuid[]) as before
  ), raised as (
    insert into quotas.alerts (cursor, tenant_id, counter_id, policy_id, metric, operation, window_unit, window_from, window_to,
      scope, scope_value, threshold, used, quota_limit, occurred_at, sliding)
    select given_out.before + position, tenant_id, counter_id, policy_id, metric, operation, window_unit, window_from, window_to,
      scope::jsonb, scope_value::jsonb, threshold, used, quota_limit, occurred_at, sliding
    from given_out, unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
        $9::text[], $10::text[], $11::numeric[], $12::numeric[], $13::numeric[], $14::timestamptz[], $15::boolean[])
      with ordinality as crossing (counter_id, tenant_id, policy_id, metric, operation, window_unit, window_from, window_to,
        scope, scope_value, threshold, used, quota_limit, occurred_at, sliding, position)
  )
  select pg_notify('${ALERTS_CHANNEL}', last::text) from given_out`

/** Records alerts in the transaction that raised them, and tells those who listen when it commits. */
export async function insertAlerts(transaction: PostgresTransaction, raised: readonly RaisedAlert[]): Promise<void> {
  const column = (read: (alert: RaisedAlert['alert']) => string | null) => raised.map(({ alert }) => read(alert))
  await transaction.query(INSERT_ALERTS, [
    raised.map(({ counterKey }) => counterKey),
    column(({ tenantId }) => tenantId),
    column(({ policyId }) => policyId),
    column(({ metric }) => metric),
    column(({ operation }) => operation),
    column(({ window }) => window),
    column(({ windowFrom }) => windowFrom.toString()),
    column(({ windowTo }) => windowTo.toString()),
    column(({ scope }) => JSON.stringify(scope)),
    column(({ scopeValue }) => JSON.stringify(scopeValue)),
    column(({ threshold }) => threshold.toFixed()),
    column(({ used }) => used.toFixed()),
    column(({ limit }) => limit.toFixed()),
    column(({ occurredAt }) => occurredAt.toString()),
    raised.map(({ alert }) => alert.sliding),
  ])
}
