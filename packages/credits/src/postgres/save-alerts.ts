import { defineColumns, type PostgresTransaction } from '@tollgate/postgres'
import type { WalletDraft } from '../engine/wallet-draft.ts'
import type { RaisedAlert } from '../engine/wallet-records.ts'

interface WalletAlert {
  readonly draft: WalletDraft
  readonly alert: RaisedAlert
  readonly nth: number
}

const ALERT_COLUMNS = defineColumns<WalletAlert>(column => [
  column('nth', 'bigint', ({ nth }) => nth),
  column('wallet_id', 'uuid', ({ draft }) => draft.id),
  column('customer_id', 'text', ({ draft }) => draft.owner.customerId),
  column('kind', 'text', ({ alert }) => alert.kind),
  column('threshold', 'numeric', ({ alert }) => alert.threshold),
  column('balance', 'numeric', ({ alert }) => alert.balance),
  column('days_left', 'numeric', ({ alert }) => alert.daysLeft),
  column('grant_id', 'uuid', ({ alert }) => alert.grantId),
  column('expires_at', 'timestamptz', ({ alert }) => alert.expiresAt),
  column('expiring', 'numeric', ({ alert }) => alert.expiring),
  column('top_up_id', 'uuid', ({ alert }) => alert.topUpId),
  column('top_up_amount', 'numeric', ({ alert }) => alert.topUpAmount),
  column('reason', 'text', ({ alert }) => alert.reason),
  column('occurred_at', 'timestamptz', ({ draft }) => draft.recordedAt),
])

const STORED = ALERT_COLUMNS.list
  .map(({ name }) => name)
  .filter(name => name !== 'nth')
  .join(', ')

/** Notified with the id of a tenant whose wallets have new alerts. */
export const CREDIT_ALERTS_CHANNEL = 'tollgate_credit_alerts'

// Uses the primary key (tenant_id) of alert_heads, whose row stays locked until commit.
const INSERT_ALERTS = `with head as (
    insert into credits.alert_heads as head (tenant_id, last) values ($1, $2::bigint)
    on conflict (tenant_id) do update set last = head.last + excluded.last
    returning last
  ), added as (
    insert into credits.alerts (tenant_id, sequence, ${STORED})
    select $1, head.last - $2::bigint + nth, ${STORED}
    from head, ${ALERT_COLUMNS.unnestAs('alert', 3)}
    returning 1
  )
  select pg_notify('${CREDIT_ALERTS_CHANNEL}', $1) from (select from added limit 1) as any_added`

/** Adds the alerts of wallets to those of their tenant. */
export async function saveAlerts(transaction: PostgresTransaction, tenantId: string, drafts: readonly WalletDraft[]): Promise<void> {
  const alerts = drafts.flatMap(draft => draft.alerts.map(alert => ({ draft, alert }))).map((one, i) => ({ ...one, nth: i + 1 }))
  if (alerts.length > 0) await transaction.query(INSERT_ALERTS, [tenantId, alerts.length, ...ALERT_COLUMNS.values(alerts)])
}
