import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { AlertStore } from '../alert-store.ts'
import { advanceAlerts } from '../engine/advance-alerts.ts'
import { ALERT_KINDS, type AlertKind } from '../model/alert-kind.ts'
import { listAlerts, readAlerts } from './alert-rows.ts'
import { listEvents } from './event-rows.ts'
import { countExceededQuotas, insertExceededQuotas, readQuotaCursor } from './exceeded-quota-rows.ts'
import { recoverAlerts } from './recover-alerts.ts'
import { lockRule, selectRules, updateRule } from './rule-rows.ts'
import { readSubjectStates } from './subject-states.ts'
import { saveChanges } from './save-changes.ts'

const COMPLETE_EVALUATION = 'update alerts.rules set evaluated_at = $3::timestamptz, pending_since = null where kind = $1 and scope = $2'
const RECORD_START = 'update alerts.rules set pending_since = coalesce(pending_since, $3::timestamptz) where kind = $1 and scope = $2'
const RAISED_BY_KIND = 'select kind, count(*)::int as count from alerts.alerts where recovered_at is null group by kind'

/** Alerts in PostgreSQL. */
export function postgresAlertStore(database: PostgresDatabase): AlertStore {
  return {
    rules: () => selectRules(database, ALERT_KINDS),
    changeRule: (ref, { at, apply }) =>
      database.transaction(OPERATOR_SCOPE, async transaction => {
        const before = await lockRule(transaction, ref)
        if (before === undefined) return undefined
        const after = apply(before)
        await updateRule(transaction, after, at)
        if (before.enabled && !after.enabled) await recoverAlerts(transaction, after, at)
        return lockRule(transaction, ref)
      }),

    evaluate: ({ rule: seen, at, observations, newAlertId, interim = false }) =>
      database.transaction(OPERATOR_SCOPE, async transaction => {
        const rule = await lockRule(transaction, seen)
        if (rule === undefined || rule.revision !== seen.revision) return { outcome: 'rule_changed' }
        if (!interim && rule.evaluatedAt !== null && rule.evaluatedAt.epochNanoseconds >= at.epochNanoseconds) return { outcome: 'already_evaluated' }
        const states = await readSubjectStates(transaction, rule)
        const events = await saveChanges(transaction, { rule, at, changes: advanceAlerts(rule, { at, states, observations, newAlertId }) })
        if (!interim) await transaction.query(COMPLETE_EVALUATION, [rule.kind, rule.scope, at.toString()])
        return { outcome: 'evaluated', events }
      }),
    async recordStart({ kind, scope }, at) {
      await database.query(OPERATOR_SCOPE, RECORD_START, [kind, scope, at.toString()])
    },

    alerts: (scope, query) => listAlerts(database, scope, query),
    alertsByIds: (scope, ids) => readAlerts(database, scope, ids),
    events: (scope, page) => listEvents(database, scope, page),
    async lastEvent() {
      const [row] = await database.query<{ last: string }>(OPERATOR_SCOPE, 'select last::text as last from alerts.event_cursor')
      return row?.last ?? '0'
    },
    async raisedByKind() {
      const rows = await database.query<{ kind: AlertKind; count: number }>(OPERATOR_SCOPE, RAISED_BY_KIND)
      return new Map(rows.map(({ kind, count }) => [kind, count]))
    },

    quotaCursor: () => readQuotaCursor(database),
    addExceededQuotas: batch => insertExceededQuotas(database, batch),
    exceededQuotas: range => countExceededQuotas(database, range),
  }
}
