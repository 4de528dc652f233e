import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { BuildInformation } from '../process/build-information.ts'
import type { Backlog } from './backlog.ts'
import type { Health } from './health.ts'

/** What operators watch besides requests. */
export interface OperationalParts {
  readonly build: BuildInformation
  readonly health: Pick<Health, 'readiness'>
  /** Undefined while it cannot be read. */
  readonly backlog: () => Promise<Backlog | undefined>
  /** Seconds that a notification takes. Undefined while none arrives. */
  readonly notificationDelay: () => Promise<number | undefined>
  /** How often the connection for notifications was lost. */
  readonly notificationsLost: () => number
}

/** A run of a background job that has ended. */
export interface JobRun {
  readonly job: string
  readonly result: 'succeeded' | 'failed'
  readonly seconds: number
}

const JOB_SECONDS = [0.01, 0.1, 1, 10, 60, 300, 900]

/** Adds metrics of the build, readiness, background work and notifications. */
export function addOperationalMetrics(registry: Registry, { build, health, backlog, notificationDelay, notificationsLost }: OperationalParts): void {
  const { version, commit = 'unknown' } = build
  const builds = new Gauge({
    name: 'tollgate_build_info',
    help: 'Always 1. The labels say which build this is.',
    labelNames: ['version', 'commit', 'node'],
    registers: [registry],
  })
  builds.set({ version, commit, node: process.versions.node }, 1)
  registry.registerMetric(
    new Gauge({
      name: 'tollgate_ready',
      help: '1 if this server should receive requests, as /readyz says; otherwise 0.',
      registers: [],
      collect() {
        this.set(health.readiness().ready ? 1 : 0)
      },
    }),
  )
  registry.registerMetric(
    new Gauge({
      name: 'tollgate_jobs',
      help: 'Runs of background jobs in the database: waiting, running, or failed for good. The same on every server.',
      labelNames: ['job', 'state'],
      registers: [],
      async collect() {
        this.reset()
        for (const { job, waiting, running, failed } of (await backlog())?.jobs ?? []) {
          this.set({ job, state: 'waiting' }, waiting)
          this.set({ job, state: 'running' }, running)
          this.set({ job, state: 'failed' }, failed)
        }
      },
    }),
  )
  registry.registerMetric(
    new Gauge({
      name: 'tollgate_job_oldest_seconds',
      help: 'How long the oldest run of a background job that is due has been waiting. The same on every server.',
      labelNames: ['job'],
      registers: [],
      async collect() {
        this.reset()
        for (const { job, oldestSeconds } of (await backlog())?.jobs ?? []) this.set({ job }, oldestSeconds)
      },
    }),
  )
  const outgoing = (name: string, help: string, read: (of: Backlog) => Backlog['webhooks']) =>
    new Gauge({
      name,
      help,
      labelNames: ['state'],
      registers: [registry],
      async collect() {
        this.reset()
        const all = await backlog()
        if (all === undefined) return
        const { pending, failed } = read(all)
        this.set({ state: 'pending' }, pending)
        this.set({ state: 'failed' }, failed)
      },
    })
  outgoing(
    'tollgate_webhook_deliveries',
    'Webhook deliveries that wait for an attempt, and those that were given up. The same on every server.',
    all => all.webhooks,
  )
  outgoing('tollgate_mails', 'E-mails that wait for an attempt, and those that were given up. The same on every server.', all => all.mails)
  registry.registerMetric(
    new Gauge({
      name: 'tollgate_notification_delay_seconds',
      help: 'How long a notification takes through PostgreSQL, by which servers learn what others did; NaN while none arrives.',
      registers: [],
      async collect() {
        this.set((await notificationDelay()) ?? Number.NaN)
      },
    }),
  )
  registry.registerMetric(
    new Counter({
      name: 'tollgate_notification_disconnects_total',
      help: 'How often the connection for notifications was lost, or could not be opened again.',
      registers: [],
      collect() {
        this.reset()
        this.inc(notificationsLost())
      },
    }),
  )
}

/** Creates metrics of the runs of background jobs on this server, and returns how to count one. */
export function jobMetrics(registry: Registry): (run: JobRun) => void {
  const registers = [registry]
  const runs = new Counter({ name: 'tollgate_job_runs_total', help: 'Runs of background jobs on this server.', labelNames: ['job', 'result'], registers })
  const duration = new Histogram({
    name: 'tollgate_job_duration_seconds',
    help: 'Duration of runs of background jobs on this server.',
    labelNames: ['job'],
    buckets: JOB_SECONDS,
    registers,
  })
  return ({ job, result, seconds }) => {
    runs.inc({ job, result })
    duration.observe({ job }, seconds)
  }
}
