import { EventEmitter, once } from 'node:events'
import type { JobHelpers, Task } from 'graphile-worker'
import type { Job } from './job.ts'

/** Counts what runs of each group in one server. */
export interface RunningGroups {
  /** The work, which puts the job off where one of its groups is full already. */
  limited(job: Job, work: Task): Task
  /** Groups of which no job is to be fetched now. */
  full(): string[]
}

/** So long a job waits for its groups in one of the lane's places; then it goes back, and the place to others. */
const WAIT_MS = 250
const PUT_OFF_MS = 500

/**
 * A group is a flag of graphile-worker's, and jobs with certain flags can be left in the database. Its queues would do
 * the same for one at a time, but look for the next job of a queue once in a while only.
 */
export function runningGroups(): RunningGroups {
  const running = new Map<string, { count: number; limit: number }>()

  const ended = new EventEmitter().setMaxListeners(0)

  const begin = (group: string, limit: number) => running.set(group, { count: (running.get(group)?.count ?? 0) + 1, limit })
  const end = (group: string, limit: number) => {
    const count = (running.get(group)?.count ?? 1) - 1
    if (count === 0) running.delete(group)
    else running.set(group, { count, limit })
    ended.emit('end')
  }
  const hasRoom = (groups: readonly { group: string; limit: number }[]) => groups.every(({ group, limit }) => (running.get(group)?.count ?? 0) < limit)

  return {
    limited({ name, groupConcurrency }, work) {
      if (groupConcurrency === undefined) return work
      return async (payload, helpers) => {
        const groups = Object.keys(helpers.job.flags ?? {}).flatMap(group => {
          const limit = groupConcurrency[group.split(' ', 1)[0] ?? '']
          return limit === undefined ? [] : [{ group, limit }]
        })
        // Several places looked for a job at once, before the first of the group had begun.
        const tooLate = AbortSignal.timeout(WAIT_MS)
        while (!hasRoom(groups)) {
          if (tooLate.aborted) return putOff(name, payload, helpers)
          await once(ended, 'end', { signal: tooLate }).catch(() => {})
        }
        for (const { group, limit } of groups) begin(group, limit)
        try {
          return await work(payload, helpers)
        } finally {
          for (const { group, limit } of groups) end(group, limit)
        }
      }
    },
    full: () => [...running].flatMap(([group, { count, limit }]) => (count >= limit ? [group] : [])),
  }
}

async function putOff(name: string, payload: unknown, { addJob, job }: JobHelpers): Promise<void> {
  await addJob(name, payload, {
    runAt: new Date(Date.now() + PUT_OFF_MS),
    maxAttempts: job.max_attempts,
    flags: Object.keys(job.flags ?? {}),
    ...(job.key !== null && { jobKey: job.key }),
  })
}
