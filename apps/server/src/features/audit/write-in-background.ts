import type { FeatureDependencies } from '../feature.ts'
import { flushActivity } from './activity/flush-activity.ts'
import { writeAttempts } from './attempts/write-attempts.ts'

/** Writes to audit logs what the server counts in memory. */
export function writeInBackground({ tollgate, log }: Pick<FeatureDependencies, 'tollgate' | 'log'>): { stop(): Promise<void> } {
  const writers = [flushActivity(tollgate.activity, log), writeAttempts(tollgate.attempts, log)]
  return { stop: async () => void (await Promise.all(writers.map(writer => writer.stop()))) }
}
