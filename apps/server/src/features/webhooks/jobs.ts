import type { Webhooks } from '@tollgate/webhooks'
import type { Job } from '../../jobs/job.ts'
import { DELIVERY_JOB } from './attempt-jobs.ts'

/** Attempts that one server makes at the same time: in total, to one endpoint, and to the endpoints of one owner. */
const CONCURRENCY = 16
const ENDPOINT_CONCURRENCY = 2
const OWNER_CONCURRENCY = 6

/** Makes attempts, dispatches notifications that no server was notified of, and deletes old deliveries. */
export function webhookJobs(webhooks: Pick<Webhooks, 'attempt' | 'dispatch' | 'deleteOldDeliveries'>): readonly Job[] {
  return [
    {
      name: DELIVERY_JOB,
      concurrency: CONCURRENCY,
      groupConcurrency: { endpoint: ENDPOINT_CONCURRENCY, owner: OWNER_CONCURRENCY },
      run: (payload, signal) => webhooks.attempt(payload as { deliveryId: string; attempt: number }, signal),
    },
    { name: 'webhook-dispatch', schedule: '* * * * *', run: async () => void (await webhooks.dispatch()) },
    { name: 'webhook-retention', schedule: '41 3 * * *', run: async () => void (await webhooks.deleteOldDeliveries()) },
  ]
}
