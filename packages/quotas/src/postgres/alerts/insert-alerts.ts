import type { PostgresTransaction } from '@tollgate/postgres'
import type { RaisedAlert } from '../../engine/state/quota-state.ts'
import { ALERT_COLUMNS } from '../tables/alerts.ts'

/** The channel that announces new alerts. The payload is the last cursor; the alerts are in the table. */
export const ALERTS_CHANNEL = 'tollgate_quota_alerts'

const { list, names } = ALERT_COLUMNS

// Locks the row of the cursor until the commit, so that alerts become visible in the order of their cursors.
const INSERT_ALERTS = `
  with given_out as (
    update quotas.alert_cursor set last = last + cardinality($1::uuid[]) returning last, last - cardinality($1::uuid[]) as before
  ), raised as (
    insert into quotas.alerts (cursor, ${names})
    select given_out.before + position, ${names}
    from given_out, unnest(${list.map(({ type }, i) => `$${i + 1}::${type}[]`).join(', ')})
      with ordinality as crossing (${names}, position)
  )
  select pg_notify('${ALERTS_CHANNEL}', last::text) from given_out`

/** Stores alerts in the transaction that raised them. Listeners are notified when it commits. */
export async function insertAlerts(transaction: PostgresTransaction, raised: readonly RaisedAlert[]): Promise<void> {
  await transaction.query(INSERT_ALERTS, ALERT_COLUMNS.values(raised))
}
