import type { PostgresTransaction } from '@tollgate/postgres'
import { Decimal, type Temporal } from '@tollgate/kernel'
import type { AlertEvent } from '../alert.ts'
import type { AlertRule } from '../alert-rule.ts'
import type { AlertEvaluation } from '../alert-store.ts'
import { decideAlerts, type SubjectDecision, type SubjectStanding } from '../decide-alerts.ts'
import { describeRaise, describeRecovery, describeSwitchedOff } from '../describe-alert.ts'
import { insertEvents } from './event-rows.ts'

const STANDINGS = `
  select tenant_id, max(alert_id) as alert_id, max(streak) as streak
  from (
    select tenant_id, id::text as alert_id, 0 as streak from alerts.alerts where kind = $1 and scope = $2 and recovered_at is null
    union all
    select tenant_id, null, streak from alerts.streaks where kind = $1 and scope = $2
  ) as standing
  group by tenant_id`

interface StandingRow {
  tenant_id: string | null
  alert_id: string | null
  streak: number
}

interface Standing extends SubjectStanding {
  readonly alertId: string | null
}

/** Takes the alerts of a rule that is locked one step on. Answers what happened. */
export async function advanceAlerts(
  transaction: PostgresTransaction,
  { rule, at, observations, newAlertId }: Pick<AlertEvaluation, 'rule' | 'at' | 'observations' | 'newAlertId'>,
): Promise<readonly AlertEvent[]> {
  const standings = await readStandings(transaction, rule)
  const alertIds = new Map(standings.map(({ tenantId, alertId }) => [tenantId, alertId]))
  const decisions = decideAlerts(rule, { standings, observations })
  const step = decisions.map(decision => ({ ...decision, alertId: alertIds.get(decision.tenantId) ?? newAlertId() }))
  const raises = step.filter(({ before, after }) => !before.raised && after.raised)
  const recoveries = step.filter(({ before, after }) => before.raised && !after.raised)

  await insertAlerts(transaction, { rule, at, raises })
  await updateAlerts(transaction, { at, raised: step.filter(({ before }) => before.raised) })
  await saveStreaks(transaction, rule, step)
  return insertEvents(transaction, [...raises.map(raise => raiseEvent(rule, at, raise)), ...recoveries.map(recovery => recoveryEvent(rule, at, recovery))])
}

/** Lets every raised alert of a rule recover that was switched off, and forgets what was on its way. */
export async function recoverAll(transaction: PostgresTransaction, rule: AlertRule, at: Temporal.Instant): Promise<void> {
  const rows = await transaction.query<{ id: string; tenant_id: string | null; threshold: string }>(
    `update alerts.alerts set recovered_at = $3::timestamptz where kind = $1 and scope = $2 and recovered_at is null returning id, tenant_id, threshold`,
    [rule.kind, rule.scope, at.toString()],
  )
  await transaction.query('delete from alerts.streaks where kind = $1 and scope = $2', [rule.kind, rule.scope])
  await insertEvents(
    transaction,
    rows.map(({ id, tenant_id: tenantId, threshold }) => ({
      alertId: id,
      type: 'RECOVERED',
      kind: rule.kind,
      scope: rule.scope,
      tenantId,
      occurredAt: at,
      value: null,
      threshold: new Decimal(threshold),
      message: describeSwitchedOff(tenantId),
      details: {},
    })),
  )
}

interface Step extends SubjectDecision {
  readonly alertId: string
}

async function readStandings(transaction: PostgresTransaction, { kind, scope }: AlertRule): Promise<readonly Standing[]> {
  const rows = await transaction.query<StandingRow>(STANDINGS, [kind, scope])
  return rows.map(({ tenant_id, alert_id, streak }) => ({ tenantId: tenant_id, raised: alert_id !== null, streak, alertId: alert_id }))
}

const INSERT_ALERTS = `
  insert into alerts.alerts (id, kind, scope, tenant_id, raised_at, value, threshold, message, details)
  select id, $1, $2, tenant_id, $3::timestamptz, value, threshold, message, details::jsonb
  from unnest($4::uuid[], $5::text[], $6::numeric[], $7::numeric[], $8::text[], $9::text[]) as raise (id, tenant_id, value, threshold, message, details)`

async function insertAlerts(
  transaction: PostgresTransaction,
  { rule, at, raises }: { rule: AlertRule; at: Temporal.Instant; raises: readonly Step[] },
): Promise<void> {
  if (raises.length === 0) return
  const events = raises.map(raise => raiseEvent(rule, at, raise))
  await transaction.query(INSERT_ALERTS, [
    rule.kind,
    rule.scope,
    at.toString(),
    events.map(({ alertId }) => alertId),
    events.map(({ tenantId }) => tenantId),
    events.map(({ value }) => value?.toFixed()),
    events.map(({ threshold }) => threshold.toFixed()),
    events.map(({ message }) => message),
    events.map(({ details }) => JSON.stringify(details)),
  ])
}

const UPDATE_ALERTS = `
  update alerts.alerts
  set value = coalesce(seen.value, alerts.value), recovered_at = case when seen.recovered then $1::timestamptz end
  from unnest($2::uuid[], $3::numeric[], $4::boolean[]) as seen (id, value, recovered)
  where alerts.id = seen.id`

async function updateAlerts(transaction: PostgresTransaction, { at, raised }: { at: Temporal.Instant; raised: readonly Step[] }): Promise<void> {
  if (raised.length === 0) return
  await transaction.query(UPDATE_ALERTS, [
    at.toString(),
    raised.map(({ alertId }) => alertId),
    raised.map(({ observation }) => observation?.value.toFixed() ?? null),
    raised.map(({ after }) => !after.raised),
  ])
}

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

async function saveStreaks(transaction: PostgresTransaction, { kind, scope }: AlertRule, step: readonly Step[]): Promise<void> {
  const changed = step.filter(({ before, after }) => before.streak !== after.streak)
  if (changed.length === 0) return
  await transaction.query(SAVE_STREAKS, [kind, scope, changed.map(({ tenantId }) => tenantId), changed.map(({ after }) => after.streak)])
}

function raiseEvent(
  rule: AlertRule,
  at: Temporal.Instant,
  { alertId, tenantId, observation, threshold }: Step,
): Omit<AlertEvent, 'cursor'> & { value: Decimal } {
  if (observation === null) throw new Error('An alert can only be raised by what was seen')
  const { value, details, summary } = observation
  const message = describeRaise({ rule, tenantId, value, threshold, summary })
  return { alertId, type: 'RAISED', kind: rule.kind, scope: rule.scope, tenantId, occurredAt: at, value, threshold, message, details }
}

function recoveryEvent(rule: AlertRule, at: Temporal.Instant, { alertId, tenantId, observation, threshold }: Step): Omit<AlertEvent, 'cursor'> {
  const value = observation?.value ?? null
  const message = describeRecovery({ rule, tenantId, value, threshold })
  return {
    alertId,
    type: 'RECOVERED',
    kind: rule.kind,
    scope: rule.scope,
    tenantId,
    occurredAt: at,
    value,
    threshold,
    message,
    details: observation?.details ?? {},
  }
}
