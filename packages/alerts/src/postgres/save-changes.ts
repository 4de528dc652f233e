import type { PostgresTransaction } from '@tollgate/postgres'
import type { Temporal } from '@tollgate/kernel'
import type { AlertChanges } from '../engine/advance-alerts.ts'
import type { AlertEvent } from '../model/alert.ts'
import type { AlertRuleRef } from '../model/alert-rule.ts'
import { insertEvents } from './event-rows.ts'

const INSERT_ALERTS = `
  insert into alerts.alerts (id, kind, scope, tenant_id, raised_at, value, threshold, message, details)
  select id, $1, $2, tenant_id, $3::timestamptz, value, threshold, message, details::jsonb
  from unnest($4::uuid[], $5::text[], $6::numeric[], $7::numeric[], $8::text[], $9::text[]) as raised (id, tenant_id, value, threshold, message, details)`

const UPDATE_ALERTS = `
  update alerts.alerts
  set value = coalesce(updated.value, alerts.value), recovered_at = case when updated.recovered then $1::timestamptz end
  from unnest($2::uuid[], $3::numeric[], $4::boolean[]) as updated (id, value, recovered)
  where alerts.id = updated.id`

const SAVE_STREAKS = `
  with changed as (
    select tenant_id, streak from unnest($3::text[], $4::integer[]) as changed (tenant_id, streak)
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
export async function saveChanges(transaction: PostgresTransaction, { rule, at, changes }: EvaluationChanges): Promise<readonly AlertEvent[]> {
  await insertAlerts(transaction, { rule, at, changes })
  await updateAlerts(transaction, { at, changes })
  await saveStreaks(transaction, { rule, changes })
  return insertEvents(transaction, changes.events)
}

async function insertAlerts(transaction: PostgresTransaction, { rule, at, changes: { raised } }: EvaluationChanges): Promise<void> {
  if (raised.length === 0) return
  await transaction.query(INSERT_ALERTS, [
    rule.kind,
    rule.scope,
    at.toString(),
    raised.map(({ id }) => id),
    raised.map(({ tenantId }) => tenantId),
    raised.map(({ value }) => value.toFixed()),
    raised.map(({ threshold }) => threshold.toFixed()),
    raised.map(({ message }) => message),
    raised.map(({ details }) => JSON.stringify(details)),
  ])
}

async function updateAlerts(transaction: PostgresTransaction, { at, changes: { updated } }: Omit<EvaluationChanges, 'rule'>): Promise<void> {
  if (updated.length === 0) return
  await transaction.query(UPDATE_ALERTS, [
    at.toString(),
    updated.map(({ alertId }) => alertId),
    updated.map(({ value }) => value?.toFixed() ?? null),
    updated.map(({ recovered }) => recovered),
  ])
}

async function saveStreaks(transaction: PostgresTransaction, { rule, changes: { streaks } }: Omit<EvaluationChanges, 'at'>): Promise<void> {
  if (streaks.length === 0) return
  await transaction.query(SAVE_STREAKS, [rule.kind, rule.scope, streaks.map(({ tenantId }) => tenantId), streaks.map(({ streak }) => streak)])
}
