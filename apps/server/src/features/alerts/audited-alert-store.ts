import { alertAudit, type AuditEntryDraft } from '@tollgate/audit'
import type { AlertRule, AlertStore } from '@tollgate/alerts'
import { auditSnapshot, changedFields } from '../../audited-changes/audit-snapshot.ts'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'

/** Records who changed alert rules. Evaluations are the system's own work. */
export function auditedAlerts({ store, open, changes }: AuditedStore<AlertStore>): AlertStore {
  return {
    ...unaudited(store, 'rules', 'evaluate', 'recordStart', 'alerts', 'alertsByIds', 'events', 'lastEvent', 'raisedByKind'),
    ...unaudited(store, 'quotaCursor', 'addExceededQuotas', 'exceededQuotas'),
    async changeRule(ref, { at, apply }) {
      const { after } = await changes.record({
        async change(database) {
          let before: AlertRule | undefined
          const changed = await open(database).changeRule(ref, { at, apply: rule => apply((before = rule)) })
          return { before, after: changed }
        },
        events: ({ before, after }) => (before && after ? [...thresholdEvents(before, after), ...ruleEvents(before, after)] : []),
      })
      return after
    },
  }
}

function idOf({ kind, scope }: AlertRule): string {
  return `${kind} ${scope}`
}

function ruleEvents(before: AlertRule, after: AlertRule): AuditEntryDraft[] {
  const change = changedFields(termsOf(before), termsOf(after))
  return change ? [alertAudit.ruleSet(null, idOf(after), change)] : []
}

/** A threshold of a tenant is recorded in the log of the tenant. */
function thresholdEvents(before: AlertRule, after: AlertRule): AuditEntryDraft[] {
  const thresholds = ({ tenantThresholds }: AlertRule) => new Map(tenantThresholds.map(({ tenantId, threshold }) => [tenantId, threshold.toFixed()]))
  const [was, is] = [thresholds(before), thresholds(after)]
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter(tenantId => was.get(tenantId) !== is.get(tenantId))
  const field = (threshold: string | undefined) => auditSnapshot({ threshold: threshold ?? null })
  return changed.map(tenantId => alertAudit.tenantThresholdSet(tenantId, idOf(after), { before: field(was.get(tenantId)), after: field(is.get(tenantId)) }))
}

function termsOf({ enabled, threshold, recoverRatio, windowMinutes, minimumCalls, raiseAfter, recoverAfter }: AlertRule) {
  return { enabled, threshold, recoverRatio, windowMinutes, minimumCalls, raiseAfter, recoverAfter }
}
