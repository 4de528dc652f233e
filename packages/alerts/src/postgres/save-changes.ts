import type { Temporal } from '@tollgate/kernel'
import { defineColumns, type PostgresTransaction } from '@tollgate/postgres'
import type { AlertChanges } from '../engine/advance-alerts.ts'
import type { Alert, AlertEvent } from '../model/alert.ts'
import type { AlertRuleRef } from '../model/alert-rule.ts'
import { insertEvents } from './event-rows.ts'

type UpdatedAlert = AlertChanges['updated'][number]
type ChangedStreak = AlertChanges['streaks'][number]

const RAISED = defineColumns<Alert>(column => [
  column('id', 'uuid', ({ id }) => id),
  column('kind', 'text', ({ kind }) => kind),
  column('scope', 'text', ({ scope }) => scope),
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('raised_at', 'timestamptz', ({ raisedAt }) => raisedAt),
  column('value', 'numeric', ({ value }) => value),
  column('threshold', 'numeric', ({ threshold }) => threshold),
  column('message', 'text', ({ message }) => message),
  column('details', 'jsonb', ({ details }) => details),
])

const INSERT_ALERTS = `insert into alerts.alerts (${RAISED.names}) select ${RAISED.names} from ${RAISED.unnestAs('raised', 1)}`

const UPDATED = defineColumns<UpdatedAlert>(column => [
  column('id', 'uuid', ({ alertId }) => alertId),
  column('value', 'numeric', ({ value }) => value),
  column('recovered', 'boolean', ({ recovered }) => recovered),
])

const UPDATE_ALERTS = `
  update alerts.alerts
  set value = coalesce(updated.value, alerts.value), recovered_at = case when updated.recovered then $1::timestamptz end
  from ${UPDATED.unnestAs('updated', 2)}
  where alerts.id = updated.id`

const STREAK = defineColumns<ChangedStreak>(column => [
  column('streak', 'integer', ({ streak }) => streak),
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
])

const SAVE_STREAKS = `
  with changed as (
    select ${STREAK.names} from ${STREAK.unnestAs('changed', 3)}
  ), ended as (
    delete from alerts.streaks using changed
    where kind = $1 and scope = $2 and streaks.tenant_id is not distinct from changed.tenant_id and changed.streak = 0
  )
  insert into alerts.streaks (kind, scope, tenant_id, streak)
  select $1, $2, tenant_id, streak from changed where streak > 0
  on conflict (kind, scope, tenant_id) do update set streak = excluded.streak`

/** What an evaluation of a rule changes. */
export interface EvaluationChanges {
  readonly rule: AlertRuleRef
  readonly at: Temporal.Instant
  readonly changes: AlertChanges
}

/** Writes the changes of one evaluation, and returns its events with their cursors. The rule is locked. */
export async function saveChanges(
  transaction: PostgresTransaction,
  { rule, at, changes: { raised, updated, streaks, events } }: EvaluationChanges,
): Promise<readonly AlertEvent[]> {
  if (raised.length > 0) await transaction.query(INSERT_ALERTS, RAISED.values(raised))
  if (updated.length > 0) await transaction.query(UPDATE_ALERTS, [at.toString(), ...UPDATED.values(updated)])
  if (streaks.length > 0) await transaction.query(SAVE_STREAKS, [rule.kind, rule.scope, ...STREAK.values(streaks)])
  return insertEvents(transaction, events)
}
