import { ALERT_KINDS, type Alerts } from '@tollgate/alerts'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { Committed, RatedEvent, TrackedEvent, Usage } from '@tollgate/usage'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Numbers about the running server, in the text format of Prometheus. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  observeRequest(request: { method: string; path: string; status: number; durationMs: number }): void
  /** One transaction of events: what was in it, and what became of each. */
  observeCommit(commit: { batch: readonly RatedEvent[]; committed: readonly Committed[]; durationMs: number }): void
  observeFailedCommit(commit: { durationMs: number }): void
  observeTracked(tracked: readonly TrackedEvent[]): void
  observeOverload(): void
  observeDecision(decision: { readonly allowed: boolean; readonly degraded: boolean }): void
  /** What is followed over this server. */
  watchLive(counts: { subscriptions(): number; sockets(): number }): void
  /** What is read when the numbers are asked for. */
  watch(parts: { usage: Pick<Usage, 'queue'>; database: Pick<PostgresDatabase, 'connections'>; alerts: Pick<Alerts, 'raisedByKind'> }): void
}

const ROUTES: ReadonlySet<string> = new Set(['/', '/graphql', '/healthz', '/readyz', '/metrics'])
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'HEAD', 'OPTIONS'])
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const EVENTS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

/** Makes the numbers, all zero, with those of the process itself. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const requests = new Histogram({
    name: 'tollgate_http_request_duration_seconds',
    help: 'Time from the request line to the end of the answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const events = new Counter({ name: 'tollgate_events_total', help: 'Usage events by what became of them.', labelNames: ['outcome'], registers })
  const unpriced = new Counter({ name: 'tollgate_events_unpriced_total', help: 'Accepted usage events whose model has no price.', registers })
  const overloads = new Counter({ name: 'tollgate_track_overloaded_total', help: 'Calls refused because the queue of events was full.', registers })
  const decisions = new Counter({
    name: 'tollgate_quota_decisions_total',
    help: 'Quota decisions; degraded ones were made while the database did not answer.',
    labelNames: ['outcome', 'degraded'],
    registers,
  })
  const commitSize = new Histogram({ name: 'tollgate_commit_events', help: 'Events in one transaction.', buckets: EVENTS, registers })
  const commitTime = new Histogram({
    name: 'tollgate_commit_duration_seconds',
    help: 'Time of one transaction of events.',
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

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    observeRequest: ({ method, path, status, durationMs }) => {
      // Whatever else clients ask for must not make a time series each.
      const labels = { method: METHODS.has(method) ? method : 'other', route: ROUTES.has(path) ? path : 'other', status }
      requests.observe(labels, durationMs / 1_000)
    },
    observeCommit: ({ batch, committed, durationMs }) => {
      commitSize.observe(batch.length)
      commitTime.observe({ result: 'committed' }, durationMs / 1_000)
      unpriced.inc(batch.filter(({ rating }, at) => rating.state === 'unpriced' && committed[at]?.outcome === 'accepted').length)
    },
    observeFailedCommit: ({ durationMs }) => commitTime.observe({ result: 'failed' }, durationMs / 1_000),
    observeTracked: tracked => {
      for (const { outcome } of tracked) events.inc({ outcome })
    },
    observeOverload: () => overloads.inc(),
    observeDecision: ({ allowed, degraded }) => decisions.inc({ outcome: allowed ? 'allowed' : 'refused', degraded: String(degraded) }),
    watchLive({ subscriptions, sockets }) {
      gauge('tollgate_subscriptions', 'Subscriptions that go on.', subscriptions)
      gauge('tollgate_websockets', 'Open WebSockets.', sockets)
    },
    watch: ({ usage, database, alerts }) => {
      const raisedAlerts = new Gauge({
        name: 'tollgate_alerts_raised',
        help: 'Alerts that are raised now, of every tenant; the same on every server.',
        labelNames: ['kind'],
        registers: [],
        async collect() {
          // Without a database there is no number, and all others must be there.
          const raised = await alerts.raisedByKind().catch(() => undefined)
          if (raised === undefined) return this.reset()
          for (const kind of ALERT_KINDS) this.set({ kind }, raised.get(kind) ?? 0)
        },
      })
      registry.registerMetric(raisedAlerts)
      gauge('tollgate_queue_events', 'Usage events waiting for a transaction.', () => usage.queue().waiting)
      gauge('tollgate_queue_limit_events', 'Usage events that may wait at the most.', () => usage.queue().limit)
      gauge('tollgate_database_connections', 'Open connections to the database.', () => database.connections().open)
      gauge('tollgate_database_connections_idle', 'Open connections to the database that nobody uses.', () => database.connections().idle)
      gauge('tollgate_database_callers_waiting', 'Callers waiting for a connection to the database.', () => database.connections().waiting)
    },
  }
}
