import type { Job } from '../jobs/job.ts'
import type { Webhooks } from './webhooks.ts'

/** The job of one attempt of one delivery. */
export const DELIVERY_JOB = 'webhook-delivery'

/** How often the job of an attempt is run where it comes to no end, as without a database. What receivers answer is no failure of a job. */
export const DELIVERY_ATTEMPTS = 25

/** Attempts that one server makes at once, and how many of them to one endpoint. */
const CONCURRENCY = 12
const ENDPOINT_CONCURRENCY = 2

/** What webhooks do in the background. */
export function webhookJobs(webhooks: Pick<Webhooks, 'attempt' | 'dispatch' | 'forgetOld'>): readonly Job[] {
  return [
    {
      name: DELIVERY_JOB,
      concurrency: CONCURRENCY,
      groupConcurrency: ENDPOINT_CONCURRENCY,
      run: (payload, signal) => webhooks.attempt(payload as { deliveryId: string; attempt: number }, signal),
    },
    // Notices are taken over as they are told. This is for those that nobody heard of.
    { name: 'webhook-dispatch', schedule: '* * * * *', run: async () => void (await webhooks.dispatch()) },
    { name: 'webhook-retention', schedule: '41 3 * * *', run: async () => void (await webhooks.forgetOld()) },
  ]
}
