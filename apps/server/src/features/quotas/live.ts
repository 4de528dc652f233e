import type { QuotaAlert } from '@tollgate/quotas'
import { ALERTS_CHANNEL } from '@tollgate/quotas/postgres'
import type { LiveSource } from '../../live/live-source.ts'
import { openTail } from '../../live/open-tail.ts'
import type { Tail } from '../../live/tail.ts'

/** The source of the subscription `quotaAlerts`. */
export const liveQuotaAlerts: LiveSource<Tail<QuotaAlert>> = {
  open: ({ tollgate: { quotas }, listener, log }) =>
    openTail({
      channel: ALERTS_CHANNEL,
      source: {
        read: (scope, { after, first }) => quotas.alerts(scope, { after: String(after), first }),
        last: async () => BigInt(await quotas.lastAlertCursor()),
        position: ({ cursor }) => BigInt(cursor),
        tenantId: ({ tenantId }) => tenantId,
        // A customer follows the alerts of its own limits, as the store lists them for it.
        customerId: ({ scope, scopeValue }) => (scope.length === 1 && scope[0] === 'customer' ? (scopeValue[0] ?? null) : null),
      },
      listener,
      log,
    }),
}
