import type { Subscriptions } from '@tollgate/invoicing'
import type { Job } from '../../jobs/job.ts'
import type { Log } from '../../observability/log.ts'

/** Tenants whose subscriptions change in one run of the loop. */
const BATCH = 100

/**
 * Gives effect every minute to what has become due in subscriptions: ends of trials and pauses, scheduled plans and cancellations. What is
 * charged does not depend on when it runs.
 */
export function subscriptionChanges(subscriptions: Pick<Subscriptions, 'advance'>, log: Pick<Log, 'error'>): Job {
  return {
    name: 'subscription-changes',
    schedule: '* * * * *',
    async run(_payload, signal) {
      const failed = new Set<string>()
      const onFailure = (error: unknown, tenantId: string) => {
        failed.add(tenantId)
        log.error({ err: error, tenantId }, 'A change of a subscription failed; it is retried in a minute.')
      }
      // Those that failed are due first: left out, they do not keep the others from their turn.
      for (let isMore = true; isMore && !signal.aborted;) {
        const failedBefore = failed.size
        const advanced = await subscriptions.advance({ first: BATCH, except: [...failed], onFailure })
        isMore = advanced + failed.size - failedBefore >= BATCH
      }
    },
  }
}
