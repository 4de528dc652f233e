import { EventEmitter, once } from 'node:events'
import type { JobHelpers, Task } from 'graphile-worker'
import type { Job } from './job.ts'

/** Counts the running jobs of each group on one server. */
export interface RunningGroups {
  /** Returns the task, which postpones a job while one of its groups is full. */
  limited(job: Job, work: Task): Task
  /** Returns the groups that are full. No jobs of these are fetched. */
  full(): string[]
}

/** How long a fetched job waits for its groups before it goes back to the database and makes room for others. */
const WAIT_MS = 250
const POSTPONE_MS = 500

/**
 * A group is a flag of graphile-worker, which can leave jobs with certain flags in the database. Its queues run one job
 * at a time, but poll for the next job of a queue only now and then.
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
        // Several workers fetched jobs of this group before the first of them was counted.
        const timeout = AbortSignal.timeout(WAIT_MS)
        while (!hasRoom(groups)) {
          if (timeout.aborted) return postpone(name, payload, helpers)
          await once(ended, 'end', { signal: timeout }).catch(() => {})
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

// The time comes from the database, whose clock decides when jobs are due.
const ADD_JOB = 'select jobs.add_job($1, $2, $3, $4, $5, $6)'

async function postpone(name: string, payload: unknown, { query, job }: JobHelpers): Promise<void> {
  await query(ADD_JOB, [name, JSON.stringify(payload), job.key, Object.keys(job.flags ?? {}), POSTPONE_MS, job.max_attempts])
}
