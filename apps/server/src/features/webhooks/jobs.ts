import type { Job } from '../../jobs/job.ts'
import type { Webhooks } from '../../webhooks/webhooks.ts'

/** The job of one attempt of one delivery. */
export const DELIVERY_JOB = 'webhook-delivery'

/** How often the job of an attempt is run where it comes to no end, as without a database. What receivers answer is no failure of a job. */
export const DELIVERY_ATTEMPTS = 25

/** Attempts that one server makes at once, and how many of them to one endpoint, and to the endpoints of one owner. */
const CONCURRENCY = 16
const ENDPOINT_CONCURRENCY = 2
const OWNER_CONCURRENCY = 6

/** What the job of a delivery counts in. */
export function deliveryGroups(endpointId: string, tenantId: string | null): { readonly endpoint: string; readonly owner: string } {
  return { endpoint: `endpoint ${endpointId}`, owner: tenantId === null ? 'owner' : `owner ${tenantId}` }
}

/** What webhooks do in the background. */
export function webhookJobs(webhooks: Pick<Webhooks, 'attempt' | 'dispatch' | 'forgetOld'>): readonly Job[] {
  return [
    {
      name: DELIVERY_JOB,
      concurrency: CONCURRENCY,
      groupConcurrency: { endpoint: ENDPOINT_CONCURRENCY, owner: OWNER_CONCURRENCY },
      run: (payload, signal) => webhooks.attempt(payload as { deliveryId: string; attempt: number }, signal),
    },
    // Notices are taken over as they are told. This is for those that nobody heard of.
    { name: 'webhook-dispatch', schedule: '* * * * *', run: async () => void (await webhooks.dispatch()) },
    { name: 'webhook-retention', schedule: '41 3 * * *', run: async () => void (await webhooks.forgetOld()) },
  ]
}
