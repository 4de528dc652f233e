import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { QuotaAlert, Quotas } from '@tollgate/quotas'
import { ALERTS_CHANNEL } from '@tollgate/quotas/postgres'
import type { Notice, NoticeSource } from '../../notices/notice.ts'

/** Quota alerts as notices, for webhooks. */
export function quotaAlertNotices(quotas: Pick<Quotas, 'alerts'>): NoticeSource {
  return {
    name: 'quota-alerts',
    channel: ALERTS_CHANNEL,
    read: async ({ after, first }) => (await quotas.alerts(OPERATOR_SCOPE, { after, first })).map(toNotice),
  }
}

/** Enum values are named as in GraphQL: `BILLING_PERIOD`, `TASK_TYPE`. */
function toNotice({ cursor, tenantId, occurredAt, ...alert }: QuotaAlert): Notice {
  return {
    id: `qal_${cursor}`,
    cursor,
    type: 'quota.threshold_reached',
    tenantId,
    occurredAt,
    data: {
      policyId: alert.policyId,
      metric: enumName(alert.metric),
      operation: alert.operation,
      window: enumName(alert.window),
      sliding: alert.sliding,
      windowFrom: alert.windowFrom.toString(),
      windowTo: alert.windowTo.toString(),
      scope: alert.scope.map(enumName),
      scopeValue: alert.scopeValue,
      threshold: alert.threshold.toFixed(),
      used: alert.used.toFixed(),
      limit: alert.limit.toFixed(),
    },
  }
}

function enumName(text: string): string {
  return text.replaceAll(/[A-Z]/g, '_$&').toUpperCase()
}
