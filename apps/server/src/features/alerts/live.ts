import type { AlertEvent } from '../../alerts/alert.ts'
import { ALERT_EVENTS_CHANNEL } from '../../alerts/postgres/event-rows.ts'
import type { LiveSource } from '../../live/live-source.ts'
import { openTail } from '../../live/open-tail.ts'
import type { Tail } from '../../live/tail.ts'

/** Alert events as they happen. */
export const liveAlerts: LiveSource<Tail<AlertEvent>> = {
  open: ({ tollgate: { alerts }, listener, log }) =>
    openTail({
      channel: ALERT_EVENTS_CHANNEL,
      source: {
        read: async (scope, { after, first }) => (await alerts.events(scope, { after: String(after), first })).events,
        last: async () => BigInt(await alerts.lastEvent()),
        position: ({ cursor }) => BigInt(cursor),
        tenantId: ({ tenantId }) => tenantId,
      },
      listener,
      log,
    }),
}
