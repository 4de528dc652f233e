import type { Alerts } from '@tollgate/alerts'
import type { Job } from '../../jobs/job.ts'

/** Evaluates alerts for as long as any server runs. */
export function alertJobs(alerts: Pick<Alerts, 'evaluate' | 'verify'>): readonly Job[] {
  return [
    {
      name: 'alerts.evaluate',
      schedule: '* * * * *',
      // The next minute comes anyway, and what is looked at by the hour is due until it was.
      retries: 0,
      run: async () => void (await alerts.evaluate()),
    },
    {
      name: 'alerts.verify',
      // Not at the full hour, when everybody does something.
      schedule: '7 * * * *',
      // It reads days of events: it must not hold up what is done each minute.
      concurrency: 1,
      run: async (_payload, signal) => void (await alerts.verify(signal)),
    },
  ]
}
