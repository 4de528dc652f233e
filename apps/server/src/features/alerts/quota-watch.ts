import type { QuotaWatch } from '@tollgate/alerts'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { Quotas } from '@tollgate/quotas'

/** Reads the thresholds that quotas recorded as crossed, of all tenants. */
export function quotaWatch(quotas: Pick<Quotas, 'alerts'>): QuotaWatch {
  return {
    async crossings(page) {
      const alerts = await quotas.alerts(OPERATOR_SCOPE, page)
      return alerts.map(({ cursor, tenantId, occurredAt, threshold, policyId, metric, operation, window, scopeValue, used, limit }) => ({
        cursor,
        tenantId,
        occurredAt,
        threshold,
        policyId,
        metric,
        operation,
        window,
        scopeValue,
        used,
        limit,
      }))
    },
  }
}
