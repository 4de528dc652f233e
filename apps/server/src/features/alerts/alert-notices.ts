import { ALERT_EVENTS_CHANNEL } from '@tollgate/alerts/postgres'
import type { AlertEvent, Alerts } from '@tollgate/alerts'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { Notice, NoticeSource } from '../../notices/notice.ts'

/** Raises and recoveries, for whoever tells others. Those of the whole installation are the operator's alone. */
export function alertNotices(alerts: Pick<Alerts, 'events'>): NoticeSource {
  return {
    name: 'alerts',
    channel: ALERT_EVENTS_CHANNEL,
    read: async ({ after, first }) => (await alerts.events(OPERATOR_SCOPE, { after, first })).items.map(toNotice),
  }
}

function toNotice({ cursor, alertId, type, tenantId, kind, scope, occurredAt, value, threshold, message, details }: AlertEvent): Notice {
  const id = `alr_${alertId}`
  return {
    // An alert is raised once and recovers once.
    id: `${id}_${type.toLowerCase()}`,
    cursor,
    type: type === 'RAISED' ? 'alert.raised' : 'alert.recovered',
    tenantId,
    occurredAt,
    data: { alertId: id, kind, scope, tenantId, value: value?.toFixed() ?? null, threshold: threshold.toFixed(), message, details },
  }
}
