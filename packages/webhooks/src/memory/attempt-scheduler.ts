import type { AttemptScheduler, ScheduledAttempt } from '../attempt-scheduler.ts'

/** Keeps scheduled attempts in this process's memory until the caller takes them: for tests and examples. */
export interface MemoryAttemptScheduler extends AttemptScheduler {
  /** Returns the scheduled attempts, in the order in which they were scheduled. */
  scheduled(): readonly ScheduledAttempt[]
  /** Removes and returns the scheduled attempts, whether or not their delay has passed. */
  take(): readonly ScheduledAttempt[]
}

/** Creates a scheduler without attempts. */
export function memoryAttemptScheduler(): MemoryAttemptScheduler {
  const attempts = new Map<string, ScheduledAttempt>()
  return {
    async schedule(added) {
      for (const attempt of added) {
        attempts.delete(attempt.deliveryId)
        attempts.set(attempt.deliveryId, attempt)
      }
    },
    scheduled: () => [...attempts.values()],
    take() {
      const taken = [...attempts.values()]
      attempts.clear()
      return taken
    },
  }
}
