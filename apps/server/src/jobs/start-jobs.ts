import { isDatabaseUnavailable } from '@tollgate/postgres'
import { EventEmitter } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { type JobHelpers, parseCronItems, run, type Runner, type WorkerEvents } from 'graphile-worker'
import { Pool } from 'pg'
import type { Log } from '../observability/log.ts'
import { nameConnection, releaseDeadLocks } from './dead-locks.ts'
import { DEFAULT_RETRIES, type Job } from './job.ts'
import { runningGroups } from './running-groups.ts'
import { jobLog } from './job-log.ts'
import { JOBS_SCHEMA } from './prepare-jobs.ts'

/** What to run, and where it is kept. */
export interface JobsOptions {
  /** As the owner of graphile-worker's tables. */
  readonly url: string
  readonly jobs: readonly Job[]
  readonly log: Log
  /** How the connections show in PostgreSQL. */
  readonly applicationName?: string
}

/** Jobs without a concurrency of their own that run at once. */
const SHARED_PLACES = 4
const CONNECTIONS = 4
/** New jobs are told by PostgreSQL; those whose time comes are looked for this often. */
const POLL_MS = 2_000
const ABORT_AFTER_MS = 2_000
const RESTART_AFTER_MS = 1_000
const RELEASE_EVERY_MS = 5_000

/**
 * Runs jobs until it is stopped, whatever becomes of the database meanwhile. Any number of servers may: each job is
 * run by one of them. A stop waits for the jobs that run, and interrupts them after 2 s.
 */
export async function startJobs({ url, jobs, log, applicationName = 'tollgate jobs' }: JobsOptions): Promise<{ stop(): Promise<void> }> {
  const pool = new Pool({ connectionString: url, max: CONNECTIONS, application_name: applicationName, connectionTimeoutMillis: 5_000 })
  // What was lost is missed by whoever asks next, and asks again.
  pool.on('error', () => {})
  pool.on('connect', connection => connection.on('error', () => {}))
  const stopping = new AbortController()
  const release = () => letGoOfTheDead(pool, log)
  await release()
  const timer = setInterval(() => void release(), RELEASE_EVERY_MS)
  timer.unref()
  const lanes = lanesOf(jobs).map(lane => keepRunning(lane, { pool, log, stopping: stopping.signal }))
  return {
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await Promise.all(lanes)
      await pool.end()
    },
  }
}

/** Jobs that share their places: a runner of their own. */
interface Lane {
  readonly jobs: readonly Job[]
  readonly concurrency: number
}

function lanesOf(jobs: readonly Job[]): Lane[] {
  const own = jobs.flatMap(job => (job.concurrency === undefined ? [] : [{ jobs: [job], concurrency: job.concurrency }]))
  const shared = jobs.filter(job => job.concurrency === undefined)
  return shared.length > 0 ? [{ jobs: shared, concurrency: SHARED_PLACES }, ...own] : own
}

interface Surroundings {
  readonly pool: Pool
  readonly log: Log
  readonly stopping: AbortSignal
}

/** graphile-worker ends itself where it cannot tell the database what became of a job; then it is started again. */
async function keepRunning(lane: Lane, { pool, log, stopping }: Surroundings): Promise<void> {
  while (!stopping.aborted) {
    try {
      const runner = await startLane(lane, { pool, log })
      // An abort that came while the runner started has no event any more.
      const stopped = new Promise<void>(resolve => {
        if (stopping.aborted) resolve()
        else stopping.addEventListener('abort', () => resolve(), { once: true })
      })
      await Promise.race([runner.promise, stopped])
      if (stopping.aborted) await runner.stop().catch(() => {}) // It may have ended in this moment.
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'Jobs of the background cannot be run; it is tried again.')
    }
    await delay(RESTART_AFTER_MS, undefined, { signal: stopping }).catch(() => {})
  }
}

function startLane({ jobs, concurrency }: Lane, { pool, log }: Omit<Surroundings, 'stopping'>): Promise<Runner> {
  const events = new EventEmitter() as WorkerEvents
  // Once it has nothing else to do: it is just about to be told to listen.
  events.on('pool:listen:success', ({ client, workerPool }) => client.once('drain', () => void nameConnection(client, workerPool.id).catch(() => {})))
  const groups = runningGroups()
  const scheduled = jobs.flatMap(({ name, schedule, retries = DEFAULT_RETRIES }) =>
    schedule === undefined
      ? []
      : // One at a time; and where the last one has not begun yet, this one is the same.
        { task: name, match: schedule, options: { queueName: name, jobKey: name, jobKeyMode: 'preserve_run_at' as const, maxAttempts: retries + 1 } },
  )
  return run({
    pgPool: pool,
    schema: JOBS_SCHEMA,
    taskList: Object.fromEntries(jobs.map(job => [job.name, groups.limited(job, runLogged(job, log))])),
    forbiddenFlags: () => groups.full(),
    parsedCronItems: parseCronItems(scheduled),
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true, // The server has its own ideas of a stop.
    gracefulShutdownAbortTimeout: ABORT_AFTER_MS,
    events,
    logger: jobLog(log),
    // Told in batches, though of one, because only then a failure to tell is handled: otherwise it ends the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  })
}

/** A failure is logged once, with what it was; graphile-worker is told too, and runs the job again. */
function runLogged({ name, run: work }: Job, log: Log) {
  return async (payload: unknown, { abortSignal, job }: JobHelpers): Promise<void> => {
    try {
      await work(payload, abortSignal)
    } catch (error) {
      const again = job.attempts < job.max_attempts
      const facts = { job: name, jobId: job.id, attempt: job.attempts, again, payload }
      if (abortSignal.aborted) log.info(facts, 'A job was interrupted by the stop; it is run again.')
      else if (isDatabaseUnavailable(error)) log.warn({ ...facts, reason: (error as Error).message }, 'A job had no database.')
      else log.error({ ...facts, err: error }, 'A job failed.')
      throw error
    }
  }
}

async function letGoOfTheDead(pool: Pool, log: Log): Promise<void> {
  try {
    const holders = await releaseDeadLocks(pool)
    if (holders > 0) log.warn({ holders }, 'A server ended in the midst of its jobs; they are run again.')
  } catch (error) {
    log.warn({ reason: (error as Error).message }, 'It could not be seen whether jobs are left over; it is tried again.')
  }
}
