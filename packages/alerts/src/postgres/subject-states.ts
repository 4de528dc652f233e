import type { PostgresTransaction } from '@tollgate/postgres'
import type { StoredSubjectState } from '../engine/advance-alerts.ts'
import type { AlertRuleRef } from '../model/alert-rule.ts'

// Relies on the unique index `raised_alerts`.
const SUBJECT_STATES = `
  select tenant_id, max(alert_id) as alert_id, max(streak) as streak
  from (
    select tenant_id, id::text as alert_id, 0 as streak from alerts.alerts where kind = $1 and scope = $2 and recovered_at is null
    union all
    select tenant_id, null, streak from alerts.streaks where kind = $1 and scope = $2
  ) as state
  group by tenant_id`

interface StateRow {
  tenant_id: string | null
  alert_id: string | null
  streak: number
}

/** Reads the subjects of a rule that have a raised alert or a streak. The rule is locked. */
export async function readSubjectStates(transaction: PostgresTransaction, { kind, scope }: AlertRuleRef): Promise<readonly StoredSubjectState[]> {
  const rows = await transaction.query<StateRow>(SUBJECT_STATES, [kind, scope])
  return rows.map(({ tenant_id, alert_id, streak }) => ({ tenantId: tenant_id, raised: alert_id !== null, streak, alertId: alert_id }))
}
