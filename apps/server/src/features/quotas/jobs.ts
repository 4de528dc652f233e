import type { Quotas } from '@tollgate/quotas'
import type { Job } from '../../jobs/job.ts'

/** A sweep that removes this many rows of one kind has reached its maximum, so there may be more. */
const MAX_SWEPT = 1_000

/**
 * Removes expired holds of reservations, and rows older than their retention, every minute. Decisions do not depend on
 * it: expired holds do not count, whether they were removed or not.
 */
export function quotaSweep(quotas: Pick<Quotas, 'sweep'>): Job {
  return {
    name: 'quota-sweep',
    schedule: '* * * * *',
    async run(_payload, signal) {
      while (!signal.aborted && (await quotas.sweep()) >= MAX_SWEPT);
    },
  }
}
