import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { ALERT_KINDS, type AlertKind } from '../alert-kind.ts'
import type { AlertStore } from '../alert-store.ts'
import { advanceAlerts, recoverAll } from './advance-alerts.ts'
import { alertsByIds, listAlerts } from './alert-rows.ts'
import { countCrossings, keepCrossings, quotaCursor } from './crossing-rows.ts'
import { listEvents } from './event-rows.ts'
import { lockRule, selectRules, updateRule } from './rule-rows.ts'

/** Alerts in PostgreSQL. */
export function postgresAlertStore(database: PostgresDatabase): AlertStore {
  return {
    rules: () => selectRules(database, ALERT_KINDS),
    changeRule: (ref, { at, make }) =>
      database.transaction(OPERATOR_SCOPE, async transaction => {
        const before = await lockRule(transaction, ref)
        if (before === undefined) return undefined
        const after = make(before)
        await updateRule(transaction, after, at)
        if (before.enabled && !after.enabled) await recoverAll(transaction, after, at)
        return lockRule(transaction, ref)
      }),

    evaluate: ({ rule: seen, at, observations, newAlertId, ends = true }) =>
      database.transaction(OPERATOR_SCOPE, async transaction => {
        const rule = await lockRule(transaction, seen)
        if (rule === undefined || rule.revision !== seen.revision) return { outcome: 'stale' }
        if (ends && rule.evaluatedAt !== null && rule.evaluatedAt.epochNanoseconds >= at.epochNanoseconds) return { outcome: 'done' }
        const events = await advanceAlerts(transaction, { rule, at, observations, newAlertId })
        if (ends) {
          const values = [rule.kind, rule.scope, at.toString()]
          await transaction.query('update alerts.rules set evaluated_at = $3::timestamptz, pending_since = null where kind = $1 and scope = $2', values)
        }
        return { outcome: 'evaluated', events }
      }),
    async noteBegun({ kind, scope }, at) {
      const values = [kind, scope, at.toString()]
      await database.query(
        OPERATOR_SCOPE,
        'update alerts.rules set pending_since = coalesce(pending_since, $3::timestamptz) where kind = $1 and scope = $2',
        values,
      )
    },

    alerts: (scope, query) => listAlerts(database, scope, query),
    alertsByIds: (scope, ids) => alertsByIds(database, scope, ids),
    events: (scope, query) => listEvents(database, scope, query),
    async lastEvent() {
      const [row] = await database.query<{ last: string }>(OPERATOR_SCOPE, 'select last::text as last from alerts.event_cursor')
      return row?.last ?? '0'
    },
    async raisedByKind() {
      const rows = await database.query<{ kind: AlertKind; count: number }>(
        OPERATOR_SCOPE,
        'select kind, count(*)::int as count from alerts.alerts where recovered_at is null group by kind',
      )
      return new Map(rows.map(({ kind, count }) => [kind, count]))
    },

    quotaCursor: () => quotaCursor(database),
    keepCrossings: kept => keepCrossings(database, kept),
    crossings: range => countCrossings(database, range),
  }
}
