import { Logger } from 'graphile-worker'
import type { Log } from '../observability/log.ts'

/** graphile-worker's own words. What jobs throw is logged where it is caught, and that one ran is of no interest. */
export function jobLog(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    if (meta['failure'] === true) return
    // That connections are fewer than the jobs that may run at once is meant: jobs wait for others, seldom for the database.
    if ('max' in meta && 'concurrency' in meta) return
    if (level === 'error' || level === 'warning') log.warn({ reason: message }, 'Jobs of the background are interrupted; it goes on by itself.')
    else log.debug(message)
  })
}
