import type { PostgresTransaction } from '@tollgate/postgres'
import { Decimal, type Temporal } from '@tollgate/kernel'
import { disabledRuleEvent } from '../engine/disabled-rule-event.ts'
import type { AlertRuleRef } from '../model/alert-rule.ts'
import { insertEvents } from './event-rows.ts'

const RECOVER = `
  update alerts.alerts set recovered_at = $3::timestamptz
  where kind = $1 and scope = $2 and recovered_at is null
  returning id, tenant_id, threshold`

/** Recovers every raised alert of a rule that was disabled, and deletes its streaks. The rule is locked. */
export async function recoverAlerts(transaction: PostgresTransaction, rule: AlertRuleRef, at: Temporal.Instant): Promise<void> {
  const rows = await transaction.query<{ id: string; tenant_id: string | null; threshold: string }>(RECOVER, [rule.kind, rule.scope, at.toString()])
  await transaction.query('delete from alerts.streaks where kind = $1 and scope = $2', [rule.kind, rule.scope])
  await insertEvents(
    transaction,
    rows.map(({ id, tenant_id: tenantId, threshold }) => disabledRuleEvent(rule, { id, tenantId, threshold: new Decimal(threshold) }, at)),
  )
}
