import type { CreditAlert } from '@tollgate/credits'
import { CREDIT_ALERTS_CHANNEL } from '@tollgate/credits/postgres'
import type { LiveSource } from '../../live/live-source.ts'
import { createTail, type Tail } from '../../live/tail.ts'

/** Follows the alerts of each tenant by itself, because their positions are the tenant's own. */
export interface CreditAlertTails {
  of(tenantId: string): Tail<CreditAlert>
}

/** The source of the subscription `creditAlerts`. Keeps one tail for each tenant that was followed. */
export const liveCreditAlerts: LiveSource<CreditAlertTails> = {
  async open({ tollgate: { credits }, listener, log }) {
    const tails = new Map<string, Tail<CreditAlert>>()

    function open(tenantId: string): Tail<CreditAlert> {
      const tail = createTail<CreditAlert>({
        source: {
          read: async (_scope, { after, first }) => (await credits.alerts({ tenantId, after: String(after), first })).items,
          last: async () => BigInt(await credits.lastAlert(tenantId)),
          position: ({ sequence }) => BigInt(sequence),
          tenantId: alert => alert.tenantId,
        },
        onError: error => log.warn({ err: error, tenantId }, 'Credit alerts could not be read for subscribers; trying again.'),
      })
      tails.set(tenantId, tail)
      return tail
    }

    const listening = await listener.listen(CREDIT_ALERTS_CHANNEL, {
      notification: tenantId => tails.get(tenantId)?.wake(),
      gap: () => {
        for (const tail of tails.values()) tail.wake()
      },
    })
    return { of: tenantId => tails.get(tenantId) ?? open(tenantId), stop: () => listening.stop() }
  },
}
