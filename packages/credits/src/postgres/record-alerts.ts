import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { CreditAlert } from '../model/alert.ts'
import { alertOf, type AlertRow, SELECT_ALERT } from './read-alerts.ts'

// Uses alerts_to_record.
const TENANTS = 'select distinct tenant_id from credits.alerts where not is_recorded and position is not null order by 1 limit $1'

/** Returns tenants with alerts that were not recorded. */
export async function readTenantsToRecord(database: PostgresDatabase, first: number): Promise<readonly string[]> {
  return (await database.query<{ tenant_id: string }>(OPERATOR_SCOPE, TENANTS, [first])).map(({ tenant_id }) => tenant_id)
}

// Uses alerts_to_record.
const RECORD = `with next as (
    select tenant_id, sequence from credits.alerts
    where tenant_id = $1 and not is_recorded and position is not null order by position limit $2 for update
  ), recorded as (
    update credits.alerts as alert set is_recorded = true
    from next where alert.tenant_id = next.tenant_id and alert.sequence = next.sequence
    returning alert.*
  )
  select ${SELECT_ALERT} from recorded order by recorded.position`

/** Marks alerts of a tenant as recorded, and returns them. */
export async function recordAlerts(database: PostgresDatabase, tenantId: string, first: number): Promise<readonly CreditAlert[]> {
  return (await database.query<AlertRow>(tenantScope(tenantId), RECORD, [tenantId, first])).map(alertOf)
}
