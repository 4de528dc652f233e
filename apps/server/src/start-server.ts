import { randomIds, systemClock } from '@tollgate/kernel'
import { openNotificationListener } from '@tollgate/kernel/postgres'
import { createAuthenticate } from './accounts/authenticate.ts'
import { composeTollgate } from './compose.ts'
import { prepareDataDirectory } from './data-directory.ts'
import { openTollgateDatabase } from './database.ts'
import { loadDemo } from './demo/load-demo.ts'
import type { Environment } from './environment.ts'
import { createGraphQLListener } from './graphql/graphql-listener.ts'
import { createHealth } from './health.ts'
import { startHttpServer } from './http/http-server.ts'
import { createRoutes, type GraphQLHandler } from './http/routes.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { observedUsage, observedUsageStore } from './observed-usage.ts'
import { findOperatorKey, type OperatorKey } from './operator-key.ts'
import { keepPartitionsAhead } from './partition-upkeep.ts'

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
  const served: { graphql?: GraphQLHandler } = {}

  // First, so that a port that is taken is told before anything else is touched; GraphQL answers "starting" meanwhile.
  const handle = createRoutes({ health, metrics, graphql: () => served.graphql })
  const http = await startHttpServer({ environment, handle, metrics, log })
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

  const clock = systemClock
  const composed = composeTollgate({ database, clock, ids: randomIds(), logger: log, listener, observeStore: store => observedUsageStore(store, metrics) })
  undo.defer(() => composed.stop())
  const tollgate = { ...composed, usage: observedUsage(composed.usage, metrics) }
  metrics.watch({ usage: tollgate.usage, database })

  const imported = await tollgate.pricing.importBundledPrices()
  if (imported > 0) log.info({ prices: imported }, 'Bundled prices were imported.')
  undo.use(await keepPartitionsAhead({ database, clock, log }))
  if (environment.demo) await loadDemo(tollgate)

  const authenticate = createAuthenticate({ accounts: tollgate.accounts, clock, operatorKey: operatorKey.key })
  served.graphql = createGraphQLListener({ tollgate, authenticate, logger: log })
  health.started({ database, watch })
  log.info({ url: http.url, database: opened.location }, 'Ready.')

  const running = undo.move()
  return {
    url: http.url,
    operatorKey,
    databaseLocation: opened.location,
    async stop() {
      health.stopping()
      await http.close(environment.drainSeconds * 1_000)
      await running.disposeAsync()
    },
  }
}
