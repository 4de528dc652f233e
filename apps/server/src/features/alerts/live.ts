import type { AlertEvent } from '@tollgate/alerts'
import { ALERT_EVENTS_CHANNEL } from '@tollgate/alerts/postgres'
import type { LiveSource } from '../../live/live-source.ts'
import { openTail } from '../../live/open-tail.ts'
import type { Tail } from '../../live/tail.ts'

/** Alert events as they happen. */
export const liveAlerts: LiveSource<Tail<AlertEvent>> = {
  open: ({ tollgate: { alerts }, listener, log }) =>
    openTail({
      channel: ALERT_EVENTS_CHANNEL,
      source: {
        read: async (scope, { after, first }) => (await alerts.events(scope, { after: String(after), first })).items,
        last: async () => BigInt(await alerts.lastEvent()),
        position: ({ cursor }) => BigInt(cursor),
        tenantId: ({ tenantId }) => tenantId,
      },
      listener,
      log,
    }),
}
