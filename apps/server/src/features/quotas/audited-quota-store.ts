import { type AuditEntryDraft, quotaAudit } from '@tollgate/audit'
import type { QuotaOverride, QuotaPlan, QuotaStore } from '@tollgate/quotas'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'
import { auditSnapshot } from '../../audited-changes/audit-snapshot.ts'

/** Records who set quotas and published plans. Decisions pass as they are: they are hot, and records of their own. */
export function auditedQuotas({ store, open, changes }: AuditedStore<QuotaStore>): QuotaStore {
  return {
    ...unaudited(store, 'apply', 'applyIn', 'read', 'policySnapshots', 'readReached', 'plans', 'reservation', 'reservations', 'hasOutdatedLeases', 'onRecall'),
    ...unaudited(store, 'readLimitUsage', 'readUsage', 'readNearLimits', 'readHistory', 'alerts', 'latestAlerts', 'lastAlertCursor', 'sweep'),
    // Part of the update of a tenant, which is audited.
    ...unaudited(store, 'tenantChanged'),
    async addOverride(override, adjustCounters) {
      const { id, tenantId, limitKey, policy } = override
      await changes.record({
        async change(database) {
          const opened = open(database)
          await opened.addOverride(override, adjustCounters)
          // Read afterwards: the overrides of a tenant are locked now.
          const [snapshot] = await opened.policySnapshots([tenantId])
          return snapshot?.overrides.findLast(earlier => earlier.id !== id && earlier.limitKey === limitKey)
        },
        events(earlier) {
          const before = earlier?.policy ? auditSnapshot(termsOf(earlier)) : undefined
          if (policy === null) return [quotaAudit.limitCleared(tenantId, limitKey, before)]
          return [quotaAudit.limitSet(tenantId, limitKey, { ...(before && { before }), after: auditSnapshot(termsOf(override)) })]
        },
      })
    },
    async publishPlan(plan, adjustCounters, transaction) {
      // The publication of a billing plan records its quotas itself.
      if (transaction !== undefined) return store.publishPlan(plan, adjustCounters, transaction)
      return changes.record({
        change: database => open(database).publishPlan(plan, adjustCounters),
        events: () => [quotaPlanPublished(plan)],
      })
    },
  }
}

/** Returns the event of a published plan. */
export function quotaPlanPublished({ name, unlisted, policies }: QuotaPlan): AuditEntryDraft {
  return quotaAudit.planPublished(null, name, auditSnapshot({ unlisted, policies: policies.map(shortTerms) }))
}

function termsOf({ policy }: QuotaOverride) {
  if (policy === null) return {}
  const { metric, operation, window, sliding, scope, limit, enforcement, grace, alertAt, validFrom, validTo, storeFailure, unknownAmount } = policy
  return { metric, operation, window, sliding, scope, limit, enforcement, grace, alertAt, validFrom, validTo, storeFailure, unknownAmount }
}

function shortTerms({ limitKey, limit, enforcement }: NonNullable<QuotaOverride['policy']>) {
  return { limitKey, limit, enforcement }
}
