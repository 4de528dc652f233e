import type { NotificationListener } from '@tollgate/postgres'
import type { Clock } from '@tollgate/kernel'
import type { QuotaAlert, Quotas } from '@tollgate/quotas'
import { ALERTS_CHANNEL } from '@tollgate/quotas/postgres'
import type { AlertEvent } from '../alerts/alert.ts'
import { ALERT_EVENTS_CHANNEL } from '../alerts/postgres/event-rows.ts'
import type { Tollgate } from '../compose.ts'
import type { Log } from '../log.ts'
import { alertEventSource } from '../features/alerts/live.ts'
import { openTail } from './open-tail.ts'
import { quotaAlertSource } from '../features/quotas/live.ts'
import type { Tail } from './tail.ts'
import type { UsageSignals } from '../features/usage/live/usage-signals.ts'
import { readUsageTotals } from '../features/usage/live/usage-totals.ts'
import { createUsageUpdates, type UsageUpdates } from '../features/usage/live/usage-updates.ts'

/** What can be followed as it happens, whichever process it happens in. */
export interface Live {
  readonly quotaAlerts: Tail<QuotaAlert>
  readonly usageUpdates: UsageUpdates
  readonly alerts: Tail<AlertEvent>
  stop(): Promise<void>
}

/** What it is made of. */
export interface LiveOptions {
  readonly tollgate: Pick<Tollgate, 'usage' | 'accounts' | 'alerts'> & { readonly quotas: Pick<Quotas, 'alerts' | 'lastAlertCursor'> }
  readonly signals: UsageSignals
  readonly listener: NotificationListener
  readonly clock: Clock
  readonly log: Log
}

/** How often it is looked whether a day is over. */
const TURN_EVERY_MS = 5_000

/** Begins to listen. */
export async function openLive({ tollgate, signals, listener, clock, log }: LiveOptions): Promise<Live> {
  const quotaAlerts = await openTail({ source: quotaAlertSource(tollgate.quotas), channel: ALERTS_CHANNEL, listener, log })
  const alerts = await openTail({ source: alertEventSource(tollgate.alerts), channel: ALERT_EVENTS_CHANNEL, listener, log })
  const usageUpdates = createUsageUpdates({
    read: request => readUsageTotals({ ...tollgate, clock }, request),
    clock,
    onFollowed: () => signals.announce(),
    onError: error => log.warn({ err: error }, 'Totals could not be read for subscribers; it is tried again.'),
  })
  signals.hear(usageUpdates)
  const turning = setInterval(() => usageUpdates.turnDays(), TURN_EVERY_MS).unref()
  return {
    quotaAlerts,
    usageUpdates,
    alerts,
    async stop() {
      clearInterval(turning)
      await Promise.all([quotaAlerts.stop(), alerts.stop()])
    },
  }
}
