import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'

/** Maximum number of events that one transaction numbers. */
const MAX_NUMBERED = 5_000

// Uses invoice_events_without_position.
const ANY_WITHOUT_POSITION = 'select exists (select from invoicing.invoice_events where position is null) as found'

const LOCK_POSITION = 'select from invoicing.invoice_event_position for update'

// Uses invoice_events_without_position. Runs after the lock, so that it sees what the transaction before it has numbered.
const NUMBER_EVENTS = `with added as (
    select tenant_id, sequence, (select last from invoicing.invoice_event_position) + row_number() over (order by tenant_id, sequence) as position
    from (select tenant_id, sequence from invoicing.invoice_events where position is null order by tenant_id, sequence limit ${MAX_NUMBERED}) as event
  ), numbered as (
    update invoicing.invoice_events as event set position = added.position
    from added where event.tenant_id = added.tenant_id and event.sequence = added.sequence
    returning event.position
  )
  update invoicing.invoice_event_position set last = last + (select count(*) from numbered)
  returning (select count(*) from numbered)::int as count`

/** Gives committed events of all tenants their positions. Those of a tenant keep their order. */
export async function numberEvents(database: PostgresDatabase): Promise<void> {
  const [row] = await database.query<{ found: boolean }>(OPERATOR_SCOPE, ANY_WITHOUT_POSITION)
  if (row?.found !== true) return
  for (let numbered = MAX_NUMBERED; numbered === MAX_NUMBERED;) {
    numbered = await database.transaction(OPERATOR_SCOPE, async transaction => {
      await transaction.query(LOCK_POSITION)
      const [batch] = await transaction.query<{ count: number }>(NUMBER_EVENTS)
      return batch?.count ?? 0
    })
  }
}
