import type { Notification, NotificationSource } from '@tollgate/webhooks'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { QuotaAlert, Quotas } from '@tollgate/quotas'
import { ALERTS_CHANNEL } from '@tollgate/quotas/postgres'

/** Notifications of quota thresholds that usage reached. */
export function quotaAlertNotifications(quotas: Pick<Quotas, 'alerts'>): NotificationSource {
  return {
    name: 'quota-alerts',
    channel: ALERTS_CHANNEL,
    read: async ({ after, first }) => (await quotas.alerts(OPERATOR_SCOPE, { after, first })).map(toNotification),
  }
}

/** Enum values are named as in GraphQL: `BILLING_PERIOD`, `TASK_TYPE`. */
function toNotification({ cursor, tenantId, occurredAt, ...alert }: QuotaAlert): Notification {
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
