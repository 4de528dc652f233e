import type { Alerts } from '@tollgate/alerts'
import type { Job } from '../../jobs/job.ts'

/** Evaluates alert rules every minute, and verifies rollups every hour. */
export function alertJobs(alerts: Pick<Alerts, 'evaluate' | 'verify'>): readonly Job[] {
  return [
    {
      name: 'alerts.evaluate',
      schedule: '* * * * *',
      // The next minute repeats what failed: a rule stays due until it is evaluated.
      retries: 0,
      run: async () => void (await alerts.evaluate()),
    },
    {
      name: 'alerts.verify',
      schedule: '7 * * * *',
      // Verification reads days of events. It runs apart from other jobs so that it does not delay them.
      concurrency: 1,
      run: async (_payload, signal) => void (await alerts.verify(signal)),
    },
  ]
}
