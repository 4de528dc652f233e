import type { CreditAlert } from '@tollgate/credits'
import { CREDIT_ALERTS_CHANNEL } from '@tollgate/credits/postgres'
import type { LiveSource } from '../../live/live-source.ts'
import { openTail } from '../../live/open-tail.ts'
import type { Tail } from '../../live/tail.ts'

/** The source of the subscription `creditAlerts`. */
export const liveCreditAlerts: LiveSource<Tail<CreditAlert>> = {
  open: ({ tollgate: { credits }, listener, log }) =>
    openTail({
      channel: CREDIT_ALERTS_CHANNEL,
      source: {
        read: async (scope, { after, first }) => (await credits.alerts(scope, { after: String(after), first })).items,
        last: async () => BigInt(await credits.lastAlertCursor()),
        position: ({ cursor }) => BigInt(cursor),
        tenantId: ({ tenantId }) => tenantId,
        customerId: ({ customerId }) => customerId,
      },
      listener,
      log,
    }),
}
