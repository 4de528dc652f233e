/**
 * Work that runs in the background. Each time it is due, it runs at least once, on one of the servers. A scheduled job
 * never runs twice at the same time.
 */
export interface Job {
  /** Names the job in the log and in the database, where a job can wait for the next version of the program. */
  readonly name: string
  /** When it is due, as a cron expression in UTC: minute, hour, day of month, month, day of week. Without it, `jobs.add_job` adds runs. */
  readonly schedule?: string
  /** Maximum number of retries after a failure, with growing pauses. Defaults to `DEFAULT_RETRIES`. */
  readonly retries?: number
  /** Maximum number of runs at the same time on one server. Without it, the job shares a small pool with the other jobs that omit it. */
  readonly concurrency?: number
  /**
   * Maximum number of runs at the same time on one server for each group that a run was added with, so that a slow group
   * does not delay others. The key is the kind of group, the first word of its name: `{ endpoint: 2 }` limits "endpoint 7".
   */
  readonly groupConcurrency?: Readonly<Record<string, number>>
  /** `signal` is aborted if the job is still running shortly after the server began to stop. A job that throws then runs again. */
  run(payload: unknown, signal: AbortSignal): Promise<void>
}

/** Maximum number of retries of jobs that do not set their own. */
export const DEFAULT_RETRIES = 3
