import type { Log } from '../../../observability/log.ts'
import type { BackgroundAttemptLog } from './attempt-log.ts'

const WRITE_EVERY_MS = 5_000

/** Ends the minutes of an attempt log in time, and tries again to write what could not be written. */
export function writeAttempts(attempts: Pick<BackgroundAttemptLog, 'write'>, log: Log): { stop(): Promise<void> } {
  const write = () => void attempts.write().catch((error: unknown) => log.error({ err: error }, 'Attempts could not be written to audit logs.'))
  const timer = setInterval(write, WRITE_EVERY_MS).unref()
  return { stop: async () => clearInterval(timer) }
}
