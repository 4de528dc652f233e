import { type Scope, scopeIncludes, Temporal } from '@tollgate/kernel'
import type { AlertStore, StoredAlertRule } from '../alert-store.ts'
import { advanceAlerts, type AlertChanges, type StoredSubjectState } from '../engine/advance-alerts.ts'
import { disabledRuleEvent } from '../engine/disabled-rule-event.ts'
import type { Alert, AlertEvent, NewAlertEvent } from '../model/alert.ts'
import type { AlertKind } from '../model/alert-kind.ts'
import type { AlertRule, AlertRuleRef } from '../model/alert-rule.ts'
import { defaultRules } from '../model/default-rules.ts'
import { memoryExceededQuotas } from './exceeded-quotas.ts'

/** Alerts in this process's memory: for tests and examples. */
export function memoryAlertStore(): AlertStore {
  let rules: readonly StoredAlertRule[] = defaultRules().map(rule => ({ ...rule, revision: '1', pendingSince: null }))
  const alerts = new Map<string, Alert>()
  const streaks = new Map<string, { readonly ref: AlertRuleRef; readonly tenantId: string | null; readonly streak: number }>()
  const events: AlertEvent[] = []

  const find = (ref: AlertRuleRef) => rules.find(rule => isSameRule(rule, ref))
  const replace = (changed: StoredAlertRule) => {
    rules = rules.map(rule => (isSameRule(rule, changed) ? changed : rule))
  }
  const raisedOf = (ref: AlertRuleRef) => [...alerts.values()].filter(alert => isSameRule(alert, ref) && alert.recoveredAt === null)
  const streakKey = ({ kind, scope }: AlertRuleRef, tenantId: string | null) => JSON.stringify([kind, scope, tenantId])

  function append(added: readonly NewAlertEvent[]): readonly AlertEvent[] {
    const appended = added.map((event, position) => ({ cursor: String(events.length + position + 1), ...event }))
    events.push(...appended)
    return appended
  }

  function statesOf(rule: AlertRuleRef): StoredSubjectState[] {
    const streaksOfRule = [...streaks.values()].filter(({ ref }) => isSameRule(ref, rule))
    const streakOf = new Map(streaksOfRule.map(({ tenantId, streak }) => [tenantId, streak]))
    const raised = new Map(raisedOf(rule).map(({ tenantId, id }) => [tenantId, id]))
    return [...new Set([...raised.keys(), ...streakOf.keys()])].map(tenantId => {
      const alertId = raised.get(tenantId) ?? null
      return { tenantId, alertId, raised: alertId !== null, streak: streakOf.get(tenantId) ?? 0 }
    })
  }

  function save(rule: AlertRuleRef, at: Temporal.Instant, changes: AlertChanges): readonly AlertEvent[] {
    for (const alert of changes.raised) alerts.set(alert.id, alert)
    for (const { alertId, value, recovered } of changes.updated) {
      const alert = alerts.get(alertId)
      if (alert !== undefined) alerts.set(alertId, { ...alert, value: value ?? alert.value, recoveredAt: recovered ? at : null })
    }
    for (const { tenantId, streak } of changes.streaks) {
      if (streak === 0) streaks.delete(streakKey(rule, tenantId))
      else streaks.set(streakKey(rule, tenantId), { ref: rule, tenantId, streak })
    }
    return append(changes.events)
  }

  function recoverAll(rule: AlertRuleRef, at: Temporal.Instant): void {
    const raised = raisedOf(rule)
    for (const alert of raised) alerts.set(alert.id, { ...alert, recoveredAt: at })
    for (const [key, { ref }] of streaks) if (isSameRule(ref, rule)) streaks.delete(key)
    append(raised.map(alert => disabledRuleEvent(rule, alert, at)))
  }

  return {
    rules: async () => rules,
    async changeRule(ref, { at, apply }) {
      const before = find(ref)
      if (before === undefined) return undefined
      const made: AlertRule = apply(before)
      const tenantThresholds = made.tenantThresholds.toSorted((a, b) => (a.tenantId < b.tenantId ? -1 : 1))
      const revision = (BigInt(before.revision) + 1n).toString()
      const after = { ...made, tenantThresholds, changedAt: at, revision, pendingSince: made.enabled ? before.pendingSince : null }
      replace(after)
      if (before.enabled && !after.enabled) recoverAll(after, at)
      return after
    },

    async evaluate({ rule: seen, at, observations, newAlertId, interim = false }) {
      const rule = find(seen)
      if (rule === undefined || rule.revision !== seen.revision) return { outcome: 'rule_changed' }
      if (!interim && rule.evaluatedAt !== null && Temporal.Instant.compare(rule.evaluatedAt, at) >= 0) return { outcome: 'already_evaluated' }
      const added = save(rule, at, advanceAlerts(rule, { at, states: statesOf(rule), observations, newAlertId }))
      if (!interim) replace({ ...rule, evaluatedAt: at, pendingSince: null })
      return { outcome: 'evaluated', events: added }
    },
    async recordStart(ref, at) {
      const rule = find(ref)
      if (rule !== undefined) replace({ ...rule, pendingSince: rule.pendingSince ?? at })
    },

    alerts: async (scope, { state, kind, first, after }) =>
      [...alerts.values()]
        .filter(({ tenantId }) => sees(scope, tenantId))
        .filter(alert => (kind === undefined || alert.kind === kind) && (state === undefined || (state === 'RAISED') === (alert.recoveredAt === null)))
        .filter(({ id }) => after === undefined || id < after)
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, first),
    alertsByIds: async (scope, ids) => [...alerts.values()].filter(({ id, tenantId }) => ids.includes(id) && sees(scope, tenantId)),
    events: async (scope, { after = '0', first }) =>
      events.filter(({ cursor, tenantId }) => BigInt(cursor) > BigInt(after) && sees(scope, tenantId)).slice(0, first),
    lastEvent: async () => events.at(-1)?.cursor ?? '0',
    async raisedByKind() {
      const counts = new Map<AlertKind, number>()
      for (const { kind, recoveredAt } of alerts.values()) if (recoveredAt === null) counts.set(kind, (counts.get(kind) ?? 0) + 1)
      return counts
    },

    ...memoryExceededQuotas(),
  }
}

function isSameRule(one: AlertRuleRef, other: AlertRuleRef): boolean {
  return one.kind === other.kind && one.scope === other.scope
}

function sees(scope: Scope, tenantId: string | null): boolean {
  return tenantId === null ? scope.kind === 'operator' : scopeIncludes(scope, tenantId)
}
