import { ALERT_KINDS, type Alerts } from '@tollgate/alerts'
import type { Credits } from '@tollgate/credits'
import { routeOf } from '../http/paths.ts'
import type { Clock } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { PriceFeed } from '@tollgate/pricing'
import type { RatedEvent, Usage } from '@tollgate/usage'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Admission } from '../database/admission/admission.ts'
import type { DatabaseClock } from '../database/database-clock.ts'
import { addOperationalMetrics, type JobRun, jobMetrics, type OperationalParts } from './operational-metrics.ts'
import type { TollgateObserver } from './tollgate-observer.ts'

/** Metrics of the running server, in the text format of Prometheus. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  /** Counts what the program does. */
  readonly observer: TollgateObserver
  observeRequest(request: { method: string; path: string; status: number; durationMs: number }): void
  /** Adds the offset of the machine's clock. */
  watchClock(clock: Pick<DatabaseClock, 'machineOffsetMs' | 'jumps'>): void
  /** Adds the log lines that were dropped. */
  watchLog(output: { dropped(): number }): void
  /** Adds the connections of this server, and the memory of the bodies of requests. */
  watchHttp(parts: { connections: { open(): number; refused(): number }; bodies: { bytes(): number } }): void
  /** Adds the subscriptions and WebSockets of this server. */
  watchLive(counts: { subscriptions(): number; sockets(): number }): void
  /** Adds values that are read when metrics are requested. */
  watch(parts: {
    usage: Pick<Usage, 'queue'>
    alerts: Pick<Alerts, 'raisedByKind'>
    credits: Pick<Credits, 'differingWallets'>
    priceFeed: Pick<PriceFeed, 'status'>
    clock: Clock
  }): void
  /** Adds the build, readiness, background work and notifications. */
  watchOperations(parts: OperationalParts): void
  observeJob(run: JobRun): void
  /** Adds the database connections. */
  watchPools(pools: WatchedPools): void
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'HEAD', 'OPTIONS'])
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const EVENTS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

/** The database connections, by what they are for. */
export interface WatchedPools {
  readonly byName: Readonly<Record<string, Pick<PostgresDatabase, 'connections'>>>
  readonly readAdmission: Pick<Admission, 'counts'>
  readonly changeAdmission: Pick<Admission, 'counts'>
}

/** Creates metrics, which start at zero, with those of the process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const requests = new Histogram({
    name: 'tollgate_http_request_duration_seconds',
    help: 'Time from the request line to the end of the response.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const events = new Counter({ name: 'tollgate_events_total', help: 'Usage events by outcome.', labelNames: ['outcome'], registers })
  const unpriced = new Counter({ name: 'tollgate_events_unpriced_total', help: 'Accepted usage events whose model has no price.', registers })
  const overloads = new Counter({ name: 'tollgate_track_overloaded_total', help: 'Calls rejected because the queue of events was full.', registers })
  const discarded = new Counter({
    name: 'tollgate_rejected_events_discarded_total',
    help: 'Rejected events that were deleted because their tenant had too many.',
    registers,
  })
  const decisions = new Counter({
    name: 'tollgate_quota_decisions_total',
    help: 'Quota decisions. Degraded ones were made while the database was down.',
    labelNames: ['outcome', 'degraded'],
    registers,
  })
  const commitSize = new Histogram({ name: 'tollgate_commit_events', help: 'Events in one transaction.', buckets: EVENTS, registers })
  const commitTime = new Histogram({
    name: 'tollgate_commit_duration_seconds',
    help: 'Duration of one transaction of events.',
    labelNames: ['result'],
    buckets: SECONDS,
    registers,
  })
  for (const outcome of ['accepted', 'duplicate', 'conflict', 'rejected']) events.inc({ outcome }, 0)
  for (const outcome of ['allowed', 'refused']) decisions.inc({ outcome, degraded: 'false' }, 0)

  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })

  /** A counter that is kept elsewhere. */
  const total = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(read())
      },
    })

  const started = new WeakMap<readonly RatedEvent[], number>()
  const commitEnded = (batch: readonly RatedEvent[], result: 'committed' | 'failed') =>
    commitTime.observe({ result }, (performance.now() - (started.get(batch) ?? 0)) / 1_000)

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    observeRequest: ({ method, path, status, durationMs }) => {
      const labels = { method: METHODS.has(method) ? method : 'other', route: routeOf(path), status }
      requests.observe(labels, durationMs / 1_000)
    },
    observer: {
      usageTracked: results => {
        for (const { outcome } of results) events.inc({ outcome })
      },
      usageOverloaded: () => overloads.inc(),
      rejectedEventsDiscarded: count => discarded.inc(count),
      commitStarted: batch => void started.set(batch, performance.now()),
      batchCommitted: (batch, outcomes) => {
        commitSize.observe(batch.length)
        commitEnded(batch, 'committed')
        unpriced.inc(batch.filter(({ rating }, at) => rating.state === 'unpriced' && outcomes[at]?.outcome === 'accepted').length)
      },
      commitFailed: batch => commitEnded(batch, 'failed'),
      quotaDecided: ({ allowed, degraded }) => decisions.inc({ outcome: allowed ? 'allowed' : 'refused', degraded: String(degraded) }),
    },
    watchClock(clock) {
      const offset = 'How far the clock of this machine is ahead of the clock of the database. Negative if it is behind.'
      gauge('tollgate_clock_offset_seconds', offset, () => clock.machineOffsetMs() / 1_000)
      const jumps = new Counter({
        name: 'tollgate_clock_jumps_total',
        help: "Jumps of the database's clock by more than a second, and suspensions of this machine.",
        registers: [],
        collect() {
          this.reset()
          this.inc(clock.jumps())
        },
      })
      registry.registerMetric(jumps)
    },
    watchLog(output) {
      total('tollgate_log_lines_dropped_total', 'Log lines that were dropped because nobody read the log.', () => output.dropped())
    },
    watchHttp({ connections, bodies }) {
      gauge('tollgate_connections', 'Open HTTP connections, WebSockets included.', () => connections.open())
      total('tollgate_connections_refused_total', 'Connections that were closed because there were too many.', () => connections.refused())
      gauge('tollgate_body_bytes', 'Memory of the bodies of requests in progress.', () => bodies.bytes())
    },
    watchLive({ subscriptions, sockets }) {
      gauge('tollgate_subscriptions', 'Open subscriptions.', subscriptions)
      gauge('tollgate_websockets', 'Open WebSockets.', sockets)
    },
    watchOperations: parts => addOperationalMetrics(registry, parts),
    observeJob: jobMetrics(registry),
    watchPools({ byName, readAdmission, changeAdmission }) {
      const labelled = (name: string, help: string, label: string, read: () => Readonly<Record<string, number>>) =>
        new Gauge({
          name,
          help,
          labelNames: [label],
          registers,
          collect() {
            for (const [value, count] of Object.entries(read())) this.set({ [label]: value }, count)
          },
        })
      const ofPools = (count: 'open' | 'idle' | 'waiting') => () =>
        Object.fromEntries(Object.entries(byName).map(([pool, database]) => [pool, database.connections()[count]]))
      const ofRequests = (count: 'waiting' | 'refused') => () => ({ read: readAdmission.counts()[count], change: changeAdmission.counts()[count] })
      labelled('tollgate_database_connections', 'Open database connections.', 'pool', ofPools('open'))
      labelled('tollgate_database_connections_idle', 'Open database connections that are idle.', 'pool', ofPools('idle'))
      labelled('tollgate_database_callers_waiting', 'Callers waiting for a database connection.', 'pool', ofPools('waiting'))
      labelled('tollgate_requests_waiting', 'Calls of requests waiting for their turn at the database.', 'kind', ofRequests('waiting'))
      labelled(
        'tollgate_requests_refused',
        'Calls of requests refused since the start because they exceed the share of their tenant.',
        'kind',
        ofRequests('refused'),
      )
    },
    watch: ({ usage, alerts, credits, priceFeed, clock }) => {
      const raisedAlerts = new Gauge({
        name: 'tollgate_alerts_raised',
        help: 'Raised alerts of all tenants. The same on every server.',
        labelNames: ['kind'],
        registers: [],
        async collect() {
          // Without the database this metric is omitted, and the others are still there.
          const raised = await alerts.raisedByKind().catch(() => undefined)
          if (raised === undefined) return this.reset()
          for (const kind of ALERT_KINDS) this.set({ kind }, raised.get(kind) ?? 0)
        },
      })
      registry.registerMetric(raisedAlerts)
      const listAge = new Gauge({
        name: 'tollgate_price_list_age_seconds',
        help: 'Time since the list prices were checked. The same on every server; NaN if it cannot be read.',
        registers: [],
        async collect() {
          const status = await priceFeed.status().catch(() => undefined)
          if (!status?.listDate) return this.set(Number.NaN)
          this.set((clock.now().epochMilliseconds - status.listDate.epochMilliseconds) / 1_000)
        },
      })
      registry.registerMetric(listAge)
      const differing = new Gauge({
        name: 'tollgate_credit_wallets_differing',
        help: 'Wallets whose balances differed from their ledger when they were verified last. The same on every server; NaN if it cannot be read.',
        registers: [],
        async collect() {
          this.set(await credits.differingWallets().catch(() => Number.NaN))
        },
      })
      registry.registerMetric(differing)
      gauge('tollgate_queue_events', 'Usage events waiting for a transaction.', () => usage.queue().waiting)
      gauge('tollgate_queue_limit_events', 'Maximum number of usage events that can wait.', () => usage.queue().limit)
    },
  }
}
