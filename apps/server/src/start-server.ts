import { openNotificationListener } from '@tollgate/postgres'
import { randomIds, systemClock } from '@tollgate/kernel'
import { serverAuthenticator } from './features/accounts/server-authenticator.ts'
import { composeTollgate } from './compose.ts'
import { prepareDataDirectory } from './process/data-directory.ts'
import { openTollgateDatabase } from './database.ts'
import { loadDemo } from './demo/load-demo.ts'
import type { Environment } from './environment.ts'
import { createGraphQLListener } from './graphql/graphql-listener.ts'
import { createGraphQLSockets, type GraphQLSockets } from './graphql/live/graphql-sockets.ts'
import { worksOffline } from './graphql/works-offline.ts'
import { createLiveServing } from './graphql/live/live-serving.ts'
import { createHealth } from './observability/health.ts'
import { startHttpServer } from './http/http-server.ts'
import { createRoutes, type GraphQLHandler } from './http/routes.ts'
import { createUpgrades } from './http/upgrades.ts'
import { openLive } from './live/live.ts'
import { notifyThrough } from './live/notify.ts'
import { openUsageSignals } from './features/usage/live/usage-signals.ts'
import { serverJobs } from './jobs/server-jobs.ts'
import { startJobs } from './jobs/start-jobs.ts'
import type { Log } from './observability/log.ts'
import { createMetrics } from './observability/metrics.ts'
import { observedQuotas } from './observed-quotas.ts'
import { observedUsage, observedUsageStore } from './observed-usage.ts'
import { findOperatorKey, type OperatorKey } from './process/operator-key.ts'
import { features } from './features/index.ts'
import { webhookSettings } from './features/webhooks/webhook-settings.ts'

/** A server that is ready. */
export interface RunningServer {
  readonly url: string
  readonly operatorKey: OperatorKey
  /** Where the database is, for people. */
  readonly databaseLocation: string
  /**
   * Takes no more requests, finishes those in progress, makes durable what was taken, closes the database, and stops
   * the embedded PostgreSQL where nobody else uses it.
   */
  stop(): Promise<void>
}

/** Starts everything in the order that tells a failure soonest. What was started is undone where a later step fails. */
export async function startServer(environment: Environment, log: Log): Promise<RunningServer> {
  await using undo = new AsyncDisposableStack()
  const metrics = createMetrics()
  const health = createHealth()
  const served: { graphql?: GraphQLHandler; sockets?: GraphQLSockets } = {}

  // First, so that a port that is taken is told before anything else is touched; GraphQL answers "starting" meanwhile.
  const handle = createRoutes({ health, metrics, graphql: () => served.graphql, worksOffline })
  const upgrade = createUpgrades({ health, sockets: () => served.sockets })
  const http = await startHttpServer({ environment, handle, upgrade, metrics, log })
  undo.defer(() => http.close(0))

  const needsDirectory = environment.databaseUrl === undefined || environment.operatorKey === undefined
  if (needsDirectory) await prepareDataDirectory(environment.dataDirectory)
  const operatorKey = await findOperatorKey(environment)
  const applicationName = `tollgate server ${http.url}, process ${process.pid}`
  const opened = undo.use(await openTollgateDatabase({ environment, log, as: 'server', applicationName }))
  const { database, watch } = opened
  const onError = (error: Error) => log.warn({ reason: error.message }, 'Notifications of the database are not heard; it is tried again.')
  const listener = await openNotificationListener({ url: opened.url, applicationName: `${applicationName}, notifications`, onError })
  undo.defer(() => listener.close())
  const notFollowed = (error: unknown) => log.warn({ err: error }, 'Other servers could not be told of usage; they are told later.')
  const signals = await openUsageSignals({ listener, notify: notifyThrough(database), onError: notFollowed })
  undo.defer(() => signals.stop())

  const clock = systemClock
  const composed = composeTollgate({
    database,
    clock,
    ids: randomIds(),
    logger: log,
    listener,
    webhooks: webhookSettings(environment),
    observeStore: store => signals.watch(observedUsageStore(store, metrics)),
  })
  undo.defer(() => composed.stop())
  const tollgate = { ...composed, usage: observedUsage(composed.usage, metrics), quotas: observedQuotas(composed.quotas, metrics) }
  metrics.watch({ usage: tollgate.usage, database, alerts: tollgate.alerts })

  const dependencies = { tollgate, database, listener, clock, log }
  for (const { prepare } of features) await prepare?.(dependencies)
  if (environment.demo) await loadDemo(tollgate)

  const authenticator = serverAuthenticator({ accounts: tollgate.accounts, clock, operatorKey: operatorKey.key })
  const live = await openLive({ tollgate, signals, listener, clock, log })
  undo.defer(() => live.stop())
  const serving = createLiveServing({ live, authenticator, clock, logger: log })
  const sockets = createGraphQLSockets({ tollgate, authenticator, logger: log, serving })
  metrics.watchLive({ subscriptions: () => serving.operations.count(), sockets: () => sockets.count() })
  served.sockets = sockets
  served.graphql = createGraphQLListener({ tollgate, authenticator, logger: log, serving, fastPath: environment.fastPath })
  const jobs = await startJobs({ url: opened.url, jobs: await serverJobs(dependencies), log, applicationName: `${applicationName}, jobs` })
  undo.defer(() => jobs.stop())
  for (const { follow } of features) {
    const following = await follow?.(dependencies)
    undo.defer(async () => following?.stop())
  }
  health.started({ database, watch })
  log.info({ url: http.url, database: opened.location }, 'Ready.')

  const running = undo.move()
  return {
    url: http.url,
    operatorKey,
    databaseLocation: opened.location,
    async stop() {
      health.stopping()
      const closed = http.close(environment.drainSeconds * 1_000)
      // Nobody waits for subscriptions: they have no end of their own.
      const disconnected = sockets.stop()
      serving.stop()
      await Promise.all([closed, disconnected])
      await running.disposeAsync()
    },
  }
}
