import type { ActivityLog } from '@tollgate/audit'
import type { Log } from '../../../observability/log.ts'

/** A server that is killed loses at most the counts in memory of this long. */
const FLUSH_EVERY_MS = 1_000

/** Stores counts of activity every second. Those of a failed try are stored by the next one. */
export function flushActivity(activity: Pick<ActivityLog, 'flush'>, log: Log): { stop(): Promise<void> } {
  let flushing: Promise<void> | undefined
  const flush = () => {
    flushing ??= activity
      .flush()
      .catch((error: unknown) => log.warn({ err: error }, 'Counts of calls could not be stored for the audit log; trying again.'))
      .finally(() => (flushing = undefined))
  }
  const timer = setInterval(flush, FLUSH_EVERY_MS).unref()
  return {
    async stop() {
      clearInterval(timer)
      await flushing
    },
  }
}
