import { Logger } from 'graphile-worker'
import type { Log } from '../observability/log.ts'

/** Writes the messages of graphile-worker to the log, except failures of jobs, which are logged where they are caught. */
export function jobLog(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    if (meta['failure'] === true) return
    // A warning that there are fewer connections than concurrent jobs. This is intended: jobs rarely wait for the database.
    if ('max' in meta && 'concurrency' in meta) return
    if (level === 'error' || level === 'warning') log.warn({ reason: message }, 'Background jobs were interrupted; they resume automatically.')
    else log.debug(message)
  })
}
