/** Work of the background. Runs at least once for each time it is due, on one server of many, and never twice at a time by its schedule. */
export interface Job {
  /** Names the job in the log and in the database, where one may wait for the next version of the program. */
  readonly name: string
  /** When it is due, as cron writes it: minute, hour, day of the month, month, day of the week; in UTC. Left out: when it is added by `jobs.add_job`. */
  readonly schedule?: string
  /** How often it is tried again after a failure, with growing pauses: 3 where it is left out. */
  readonly retries?: number
  /** How many may run at once in one server, apart from all others. Left out: it shares the few places of all that leave it out. */
  readonly concurrency?: number
  /**
   * Of jobs that were added with the same group, so many run at once in one server: what is slow keeps nobody else
   * waiting. By the kind of the group, which is its first word: `{ endpoint: 2 }` is for the group "endpoint 7".
   */
  readonly groupConcurrency?: Readonly<Record<string, number>>
  /** `signal` is aborted when the server stops and the job has not ended soon. A job that throws then is run again. */
  run(payload: unknown, signal: AbortSignal): Promise<void>
}

/** How often a job is tried again where it does not say. */
export const DEFAULT_RETRIES = 3
