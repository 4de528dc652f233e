import type { AlertEvent } from '../../alerts/alert.ts'
import type { Alerts } from '../../alerts/alerts.ts'
import type { TailSource } from '../../live/tail.ts'

/** Raises and recoveries of alerts as a table to follow. */
export function alertEventSource(alerts: Pick<Alerts, 'events' | 'lastEvent'>): TailSource<AlertEvent> {
  return {
    read: async (scope, { after, first }) => (await alerts.events(scope, { after: String(after), first })).events,
    last: async () => BigInt(await alerts.lastEvent()),
    position: ({ cursor }) => BigInt(cursor),
    tenantId: ({ tenantId }) => tenantId,
  }
}
