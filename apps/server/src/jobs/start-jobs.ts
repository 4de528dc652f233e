import { connectionSettings, type DatabaseAccess, followConnections, inTime, isDatabaseUnavailable, operatorConnection } from '@tollgate/postgres'
import { EventEmitter } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { type JobHelpers, parseCronItems, run, type Runner, type WorkerEvents } from 'graphile-worker'
import { Pool } from 'pg'
import type { DatabaseWatch } from '../database/database-watch.ts'
import type { Log } from '../observability/log.ts'
import { nameConnection, releaseAbandonedLocks } from './abandoned-locks.ts'
import { DEFAULT_RETRIES, type Job } from './job.ts'
import { runningGroups } from './running-groups.ts'
import { jobLog } from './job-log.ts'
import { JOBS_SCHEMA } from './prepare-jobs.ts'

/** Options of running jobs. */
export interface JobsOptions {
  readonly access: Pick<DatabaseAccess, 'directUrl' | 'scopeKey'>
  readonly jobs: readonly Job[]
  readonly log: Log
  /** The name of the connections in PostgreSQL. */
  readonly applicationName?: string
  /** Says when PostgreSQL has stopped answering. */
  readonly watch?: Pick<DatabaseWatch, 'onSilence'>
}

/** Maximum number of runs at the same time of all jobs without a concurrency of their own. */
const SHARED_CONCURRENCY = 4
/** Connections for starting and ending runs. Each lane has one more, on which PostgreSQL notifies it. */
const WORKING_CONNECTIONS = 3
/** PostgreSQL notifies of new jobs. Jobs that become due are polled for at this interval. */
const POLL_MS = 2_000
const ABORT_AFTER_MS = 2_000
const RESTART_AFTER_MS = 1_000
const RELEASE_EVERY_MS = 5_000
/** graphile-worker waits longer after each failure to listen, up to a minute. After this many failures its runner is replaced, so that the next attempt comes soon. */
const MAX_LISTEN_FAILURES = 3
/** How often graphile-worker checks for locks older than four hours, and how soon it does so again after a failure. */
const CHECK_LOCKS_MS = { minResetLockedInterval: 10_000, maxResetLockedInterval: 20_000 }
const STATEMENT_TIMEOUT_MS = 60_000
const CONNECT_TIMEOUT_MS = 5_000

/**
 * Runs jobs until it is stopped, also across outages of the database. Any number of servers can run jobs; each run of a
 * job takes place on one of them. `stop` waits for running jobs and interrupts them after 2 s.
 */
export async function startJobs({ access, jobs, log, applicationName = 'tollgate jobs', watch }: JobsOptions): Promise<{ stop(): Promise<void> }> {
  const lanes = lanesOf(jobs)
  const pool = new Pool({
    ...connectionSettings(access.directUrl),
    max: lanes.length + WORKING_CONNECTIONS,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // oxlint-disable-next-line typescript/no-misused-promises -- The pool waits for the promise, which its type does not say.
    onConnect: inTime(operatorConnection(access), CONNECT_TIMEOUT_MS),
  })
  // The next query on a lost connection fails and is retried.
  const connections = followConnections(pool)
  watch?.onSilence(() => connections.destroyAll())
  const stopping = new AbortController()
  const release = () => releaseLocks(pool, log)
  await release()
  const timer = setInterval(() => void release(), RELEASE_EVERY_MS)
  timer.unref()
  const running = lanes.map(lane => keepRunning(lane, { pool, log, stopping: stopping.signal }))
  return {
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await Promise.all(running)
      const cut = setTimeout(() => connections.destroyAll(), ABORT_AFTER_MS)
      await pool.end()
      clearTimeout(cut)
    },
  }
}

/** Jobs that share a concurrency. Each lane has its own runner. */
interface Lane {
  readonly jobs: readonly Job[]
  readonly concurrency: number
}

function lanesOf(jobs: readonly Job[]): Lane[] {
  const own = jobs.flatMap(job => (job.concurrency === undefined ? [] : [{ jobs: [job], concurrency: job.concurrency }]))
  const shared = jobs.filter(job => job.concurrency === undefined)
  return shared.length > 0 ? [{ jobs: shared, concurrency: SHARED_CONCURRENCY }, ...own] : own
}

interface LaneContext {
  readonly pool: Pool
  readonly log: Log
  readonly stopping: AbortSignal
}

/** Restarts graphile-worker when it ends itself, which it does if it cannot write the result of a job to the database, and when it cannot listen. */
async function keepRunning(lane: Lane, { pool, log, stopping }: LaneContext): Promise<void> {
  while (!stopping.aborted) {
    try {
      const { runner, isDeaf } = await startLane(lane, { pool, log })
      // An abort that came while the runner started has no event any more.
      const stopped = new Promise<void>(resolve => {
        if (stopping.aborted) resolve()
        else stopping.addEventListener('abort', () => resolve(), { once: true })
      })
      const ended = await Promise.race([runner.promise, stopped, isDeaf])
      if (stopping.aborted || ended === 'deaf') await runner.stop().catch(() => {}) // It may have ended just now.
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'Background jobs cannot run; trying again.')
    }
    await delay(RESTART_AFTER_MS, undefined, { signal: stopping }).catch(() => {})
  }
}

/** A running lane. */
interface RunningLane {
  readonly runner: Runner
  /** Resolves when the runner has failed to listen for new jobs several times in a row. */
  readonly isDeaf: Promise<'deaf'>
}

async function startLane({ jobs, concurrency }: Lane, { pool, log }: Omit<LaneContext, 'stopping'>): Promise<RunningLane> {
  const events = new EventEmitter() as WorkerEvents
  const isDeaf = listenFailures(events)
  // Waits until the connection is idle, because it is about to send LISTEN.
  events.on('pool:listen:success', ({ client, workerPool }) => client.once('drain', () => void nameConnection(client, workerPool.id).catch(() => {})))
  const groups = runningGroups()
  const scheduled = jobs.flatMap(({ name, schedule, retries = DEFAULT_RETRIES }) =>
    schedule === undefined
      ? []
      : // One run at a time. If the previous run has not started yet, this one is merged with it.
        { task: name, match: schedule, options: { queueName: name, jobKey: name, jobKeyMode: 'preserve_run_at' as const, maxAttempts: retries + 1 } },
  )
  const runner = await run({
    pgPool: pool,
    schema: JOBS_SCHEMA,
    taskList: Object.fromEntries(jobs.map(job => [job.name, groups.limited(job, runLogged(job, log))])),
    forbiddenFlags: () => groups.full(),
    parsedCronItems: parseCronItems(scheduled),
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true, // The server handles them.
    gracefulShutdownAbortTimeout: ABORT_AFTER_MS,
    events,
    logger: jobLog(log),
    // Results are written in batches (of one), because graphile-worker handles a failed write only then. Otherwise it ends the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0, ...CHECK_LOCKS_MS } },
  })
  return { runner, isDeaf }
}

function listenFailures(events: WorkerEvents): Promise<'deaf'> {
  let failures = 0
  return new Promise(resolve => {
    events.on('pool:listen:success', () => (failures = 0))
    events.on('pool:listen:error', () => {
      failures += 1
      if (failures === MAX_LISTEN_FAILURES) resolve('deaf')
    })
  })
}

/** Logs a failure once, with its cause, and passes it on to graphile-worker, which retries the job. */
function runLogged({ name, run: work }: Job, log: Log) {
  return async (payload: unknown, { abortSignal, job }: JobHelpers): Promise<void> => {
    try {
      await work(payload, abortSignal)
    } catch (error) {
      const again = job.attempts < job.max_attempts
      const facts = { job: name, jobId: job.id, attempt: job.attempts, again, payload }
      if (abortSignal.aborted) log.info(facts, 'A job was interrupted by the shutdown; it will run again.')
      else if (isDatabaseUnavailable(error)) log.warn({ ...facts, reason: (error as Error).message }, 'A job could not reach the database.')
      else log.error({ ...facts, err: error }, 'A job failed.')
      throw error
    }
  }
}

async function releaseLocks(pool: Pool, log: Log): Promise<void> {
  try {
    const pools = await releaseAbandonedLocks(pool)
    if (pools > 0) log.warn({ pools }, 'A server ended while its jobs were running; they will run again.')
  } catch (error) {
    log.warn({ reason: (error as Error).message }, 'Abandoned jobs could not be checked for; trying again.')
  }
}
