import type { AlertEvent, Alerts } from '@tollgate/alerts'
import { ALERT_EVENTS_CHANNEL } from '@tollgate/alerts/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { Notification, NotificationSource } from '@tollgate/webhooks'

/** Notifications of alerts that were raised or recovered. Those of the whole installation go to operators only. */
export function alertNotifications(alerts: Pick<Alerts, 'events'>): NotificationSource {
  return {
    name: 'alerts',
    channel: ALERT_EVENTS_CHANNEL,
    read: async page => (await alerts.events(OPERATOR_SCOPE, page)).items.map(toNotification),
  }
}

function toNotification({ cursor, alertId, type, tenantId, kind, scope, occurredAt, value, threshold, message, details }: AlertEvent): Notification {
  const id = `alr_${alertId}`
  return {
    // Unique: an alert is raised once and recovers once.
    id: `${id}_${type.toLowerCase()}`,
    cursor,
    type: type === 'RAISED' ? 'alert.raised' : 'alert.recovered',
    tenantId,
    occurredAt,
    data: { alertId: id, kind, scope, tenantId, value: value?.toFixed() ?? null, threshold: threshold.toFixed(), message, details },
  }
}
