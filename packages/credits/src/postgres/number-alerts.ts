import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'

/** Maximum number of alerts that one transaction numbers. */
const MAX_NUMBERED = 5_000

// Uses alerts_without_position.
const ANY_WITHOUT_POSITION = 'select exists (select from credits.alerts where position is null) as found'

const LOCK_POSITION = 'select from credits.alert_position for update'

// Uses alerts_without_position. Runs after the lock, so that it sees what the transaction before it has numbered.
const NUMBER_ALERTS = `with added as (
    select tenant_id, sequence, (select last from credits.alert_position) + row_number() over (order by tenant_id, sequence) as position
    from (select tenant_id, sequence from credits.alerts where position is null order by tenant_id, sequence limit ${MAX_NUMBERED}) as alert
  ), numbered as (
    update credits.alerts as alert set position = added.position
    from added where alert.tenant_id = added.tenant_id and alert.sequence = added.sequence
    returning alert.position
  )
  update credits.alert_position set last = last + (select count(*) from numbered)
  returning (select count(*) from numbered)::int as count`

/** Gives committed alerts of all tenants their positions. Those of a tenant keep their order. */
export async function numberAlerts(database: PostgresDatabase): Promise<void> {
  const [row] = await database.query<{ found: boolean }>(OPERATOR_SCOPE, ANY_WITHOUT_POSITION)
  if (row?.found !== true) return
  for (let numbered = MAX_NUMBERED; numbered === MAX_NUMBERED;) {
    numbered = await database.transaction(OPERATOR_SCOPE, async transaction => {
      await transaction.query(LOCK_POSITION)
      const [batch] = await transaction.query<{ count: number }>(NUMBER_ALERTS)
      return batch?.count ?? 0
    })
  }
}
