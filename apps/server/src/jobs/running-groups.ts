import type { JobHelpers, Task } from 'graphile-worker'
import type { Job } from './job.ts'

/** Counts what runs of each group in one server. */
export interface RunningGroups {
  /** The work, which puts the job off where its group is full already. */
  limited(job: Job, work: Task): Task
  /** Groups of which no job is to be fetched now. */
  full(): string[]
}

const PUT_OFF_MS = 500

/**
 * A group is a flag of graphile-worker's, and jobs with certain flags can be left in the database. Its queues would do
 * the same for one at a time, but look for the next job of a queue once in a while only.
 */
export function runningGroups(): RunningGroups {
  const running = new Map<string, { count: number; limit: number }>()
  return {
    limited({ name, groupConcurrency: limit }, work) {
      if (limit === undefined) return work
      return async (payload, helpers) => {
        const group = Object.keys(helpers.job.flags ?? {})[0]
        if (group === undefined) return work(payload, helpers)
        const { count } = running.get(group) ?? { count: 0 }
        // Several places looked for a job at once, before the first of the group had begun.
        if (count >= limit) return putOff(name, payload, helpers, group)
        running.set(group, { count: count + 1, limit })
        try {
          return await work(payload, helpers)
        } finally {
          const left = (running.get(group)?.count ?? 1) - 1
          if (left === 0) running.delete(group)
          else running.set(group, { count: left, limit })
        }
      }
    },
    full: () => [...running].flatMap(([group, { count, limit }]) => (count >= limit ? [group] : [])),
  }
}

async function putOff(name: string, payload: unknown, { addJob, job }: JobHelpers, group: string): Promise<void> {
  await addJob(name, payload, {
    runAt: new Date(Date.now() + PUT_OFF_MS),
    maxAttempts: job.max_attempts,
    flags: [group],
    ...(job.key !== null && { jobKey: job.key }),
  })
}
