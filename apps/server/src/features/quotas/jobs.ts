import type { Quotas } from '@tollgate/quotas'
import type { Job } from '../../jobs/job.ts'

/** One sweep cleans up at most so much of a kind; where it was as much, there is more. */
const MUCH = 1_000

/**
 * Cleans up what reservations no longer hold, and what is older than it is kept, every minute. Nothing is decided by
 * it: what has expired counts no more, cleaned up or not.
 */
export function quotaSweep(quotas: Pick<Quotas, 'sweep'>): Job {
  return {
    name: 'quota-sweep',
    schedule: '* * * * *',
    async run(_payload, signal) {
      while (!signal.aborted && (await quotas.sweep()) >= MUCH);
    },
  }
}
