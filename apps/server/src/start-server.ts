import { setTimeout } from 'node:timers/promises'
import { openNotificationListener, unencrypted } from '@tollgate/postgres'
import { randomIds } from '@tollgate/kernel'
import { serverAuthenticator } from './features/accounts/server-authenticator.ts'
import { followRevokedKeys } from './features/accounts/revoked-keys.ts'
import { composeTollgate } from './compose.ts'
import { prepareDataDirectory } from './process/data-directory.ts'
import { openTollgateDatabase } from './database.ts'
import { openDatabaseEncryption } from './database/open-database-encryption.ts'
import { furnishDemo } from './demo/furnish-demo.ts'
import { loadDemo } from './demo/load-demo.ts'
import type { Environment } from './environment.ts'
import { createGraphQLListener } from './graphql/graphql-listener.ts'
import { createGraphQLSockets, type GraphQLSockets } from './graphql/live/graphql-sockets.ts'
import { type PersistedOperationsSettings, readPersistedOperations } from './graphql/persisted/read-persisted-operations.ts'
import { worksOffline } from './graphql/works-offline.ts'
import { createLiveServing } from './graphql/live/live-serving.ts'
import { createHealth } from './observability/health.ts'
import { createBodyMemory } from './http/body-memory.ts'
import { openDashboard } from './http/static/open-dashboard.ts'
import { checkPortFree } from './http/listening/check-port-free.ts'
import { startHttpServer } from './http/http-server.ts'
import { createRoutes, type RouteOptions } from './http/routes.ts'
import { createUpgrades } from './http/upgrades.ts'
import { openLive } from './live/live.ts'
import { notifyThrough } from './live/notify.ts'
import { openUsageSignals } from './features/usage/live/usage-signals.ts'
import { serverJobs } from './jobs/server-jobs.ts'
import { observedJob } from './jobs/observed-job.ts'
import { startJobs } from './jobs/start-jobs.ts'
import type { Log } from './observability/log.ts'
import type { LogOutput } from './observability/log-output.ts'
import { readBacklog } from './observability/backlog.ts'
import { createMetrics } from './observability/metrics.ts'
import { startMonitoringServer } from './observability/monitoring-server.ts'
import { openNotificationProbe } from './observability/notification-delay.ts'
import { readAtTimes } from './observability/read-at-times.ts'
import { combineObservers } from './observability/tollgate-observer.ts'
import { readBuildInformation } from './process/build-information.ts'
import { findOperatorKey, type OperatorKey } from './process/operator-key.ts'
import { features } from './features/index.ts'
import { priceFeedSettings } from './features/prices/feed/price-feed-settings.ts'
import { auditDownloads } from './features/audit/download/audit-downloads.ts'
import { createIngestHandler } from './features/usage/ingest/ingest-handler.ts'
import { mailSettings } from './features/billing/mail/mail-settings.ts'
import { paymentProviders } from './features/billing/payments/payment-providers.ts'
import { paymentWebhooks } from './features/billing/payments/payment-webhooks.ts'
import { invoicePage } from './features/billing/pages/invoice-page.ts'
import { unsubscribePage } from './features/billing/mail/unsubscribe-page.ts'
import { documentDownloads } from './features/billing/documents/document-downloads.ts'
import { readDesign } from './features/billing/documents/read-design.ts'
import { serverAuditKeys } from './features/audit/audit-keys.ts'
import { webhookSettings } from './features/webhooks/webhook-settings.ts'

/** A running server. */
export interface RunningServer {
  readonly url: string
  readonly operatorKey: OperatorKey
  /** Where to sign in to the dashboard. Undefined without one. */
  readonly signInUrl: string | undefined
  /** The address of the database, for people. */
  readonly databaseLocation: string
  /**
   * Serves for `lameDuckMs`, which defaults to 0, while load balancers and clients hear that it is stopping. Then stops accepting
   * requests, finishes those in progress, commits accepted events and closes the database. Stops the embedded PostgreSQL if
   * no other process uses it.
   */
  stop(options?: { readonly lameDuckMs?: number }): Promise<void>
}

/** Metrics that need the database are read at most this often, however many programs ask for them. */
const READ_METRICS = { keepMs: 10_000, withinMs: 2_000 }

/** Starts the server, which listens once it can serve. Steps that fail most often come first; if a step fails, the earlier ones are undone. */
export async function startServer(environment: Environment, log: Log, output?: Pick<LogOutput, 'dropped'>): Promise<RunningServer> {
  await checkPortFree(environment)
  await using undo = new AsyncDisposableStack()
  const metrics = createMetrics()
  const health = createHealth()
  const { metricsPort, metricsKey, host } = environment
  const monitoring = metricsPort === undefined ? undefined : await startMonitoringServer({ port: metricsPort, host, health, metrics, metricsKey, log })
  undo.defer(async () => monitoring?.close())
  if (monitoring !== undefined) log.info({ port: monitoring.port }, 'Health and metrics have a port of their own.')
  const persisted = await persistedOperations(environment)
  const dashboard = environment.dashboard ? await openDashboard(environment.dashboardDirectory) : undefined
  const served: {
    graphql?: NonNullable<ReturnType<RouteOptions['graphql']>>
    sockets?: GraphQLSockets
  } = {}
  const bodies = createBodyMemory({ maxBytes: environment.bodyMemoryMegabytes * 1024 * 1024 })

  const handle = createRoutes({
    health,
    metrics,
    metricsKey,
    servesMetrics: metricsPort === undefined,
    bodies,
    allowedOrigins: environment.allowedOrigins,
    dashboard,
    graphql: () => served.graphql,
    worksOffline: body => worksOffline(body, persisted),
  })
  const upgrade = createUpgrades({ health, sockets: () => served.sockets, allowedOrigins: environment.allowedOrigins })
  if (output !== undefined) metrics.watchLog(output)

  const needsDirectory = environment.databaseUrl === undefined || environment.operatorKey === undefined
  if (needsDirectory) await prepareDataDirectory(environment.dataDirectory)
  const operatorKey = await findOperatorKey(environment)
  const applicationName = `tollgate server${environment.port === 0 ? '' : ` at port ${environment.port}`}, process ${process.pid}`
  const opened = undo.use(await openTollgateDatabase({ environment, log, as: 'server', applicationName }))
  const { database, pools, watch } = opened
  let notificationsLost = 0
  const onError = (error: Error) => {
    notificationsLost += 1
    log.warn({ reason: error.message }, 'The connection for database notifications was lost; reconnecting.')
  }
  const listener = await openNotificationListener({ url: opened.access.directUrl, applicationName: `${applicationName}, notifications`, onError })
  watch.onSilence(() => listener.disconnect())
  undo.defer(() => listener.close())
  const notFollowed = (error: unknown) => log.warn({ err: error }, 'Other servers could not be notified of usage; trying again later.')
  const background = pools?.byName.jobs ?? database
  const signals = await openUsageSignals({ listener, notify: notifyThrough(background), onError: notFollowed })
  undo.defer(() => signals.stop())

  const { clock } = opened.clock
  const encryption = await openDatabaseEncryption({ environment, database, clock })
  if (encryption === unencrypted) log.warn('Secrets in the database are not encrypted. Set TOLLGATE_ENCRYPTION_KEY to the same key on every server.')
  const tollgate = composeTollgate({
    database,
    ...(pools && { reserved: pools.reserved }),
    clock,
    ids: randomIds(),
    encryption,
    logger: log,
    operatorKey: operatorKey.key,
    listener,
    webhooks: webhookSettings(environment),
    publicPlans: environment.publicPlans,
    defaultCurrency: environment.billing.defaultCurrency,
    priceFeed: priceFeedSettings(environment),
    auditKeys: await serverAuditKeys(environment, log),
    auditSampling: environment.auditSampling,
    auditCheckpointFile: environment.auditCheckpointFile,
    collection: { providers: await paymentProviders(environment.billing, clock), graceDays: environment.billing.graceDays },
    mail: await mailSettings(environment.billing, opened.access.scopeKey),
    documents: { design: await readDesign(environment.billing.invoiceDesign), publicUrl: environment.billing.publicUrl },
    observer: combineObservers(metrics.observer, signals.observer),
  })
  undo.defer(() => tollgate.stop())
  metrics.watch({ usage: tollgate.usage, alerts: tollgate.alerts, credits: tollgate.credits, priceFeed: tollgate.priceFeed, clock })
  if (pools !== undefined) metrics.watchPools(pools)
  metrics.watchClock(opened.clock)
  const probe = await openNotificationProbe(listener, notifyThrough(background))
  undo.defer(() => probe.stop())
  metrics.watchOperations({
    build: readBuildInformation(),
    health,
    backlog: readAtTimes(() => readBacklog(background), READ_METRICS),
    notificationDelay: readAtTimes(() => probe.measure(), READ_METRICS),
    notificationsLost: () => notificationsLost,
  })

  const dependencies = {
    tollgate,
    database,
    listener,
    clock,
    log,
    openOwner: opened.openOwner,
    auditArchive: environment.auditArchive,
    autoBilling: environment.billing.autoBilling,
  }
  for (const { prepare } of features) await prepare?.(dependencies)
  const demo = environment.demo ? await loadDemo(tollgate) : undefined

  const { accounts, accessTokens, sessions, signInCodes } = tollgate
  const authenticator = serverAuthenticator({ accounts, accessTokens, sessions, signInCodes, clock, operatorKey: operatorKey.key })
  const live = await openLive({ tollgate, signals, listener, clock, log })
  undo.defer(() => live.stop())
  const serving = createLiveServing({ live, authenticator, clock, logger: log })
  const revoked = await followRevokedKeys(listener, serving.keysRevoked)
  undo.defer(() => revoked.stop())
  const { introspection, graphiql, fastPath } = environment
  const options = { tollgate, authenticator, logger: log, serving, introspection, persisted }
  const sockets = createGraphQLSockets(options)
  metrics.watchLive({ subscriptions: () => serving.operations.count(), sockets: () => sockets.count() })
  served.sockets = sockets
  const handler = createGraphQLListener({ ...options, fastPath, graphiql })
  served.graphql = {
    handler,
    keyChecks: { authenticator, attempts: tollgate.attempts, health, log },
    downloads: auditDownloads({ tollgate, log }),
    documents: documentDownloads(tollgate.documents),
    ingest: createIngestHandler({ tollgate, log }),
    paymentWebhooks: paymentWebhooks({ payments: tollgate.payments, clock, log }),
    unsubscribe: unsubscribePage(tollgate.mail?.mailbox),
    invoicePage: invoicePage({ tollgate, links: tollgate.mail?.invoiceLinks, stripeKey: environment.billing.stripe?.publishableKey }),
  }
  const observed = (await serverJobs(dependencies)).map(job => observedJob(job, metrics.observeJob))
  const jobs = await startJobs({ access: opened.access, jobs: observed, log, applicationName: `${applicationName}, jobs`, watch })
  undo.defer(() => jobs.stop())
  for (const { follow } of features) {
    const following = await follow?.(dependencies)
    undo.defer(async () => following?.stop())
  }
  const http = await startHttpServer({ environment, handle, upgrade, metrics, log })
  metrics.watchHttp({ connections: http.connections, bodies })
  if (demo !== undefined) {
    // The first query needs events only, so the start does not wait for the rest.
    const furnished = furnishDemo(tollgate, demo).catch((error: unknown) =>
      log.warn({ err: error }, 'The demo tenants could not be set up; the next start tries again.'),
    )
    undo.defer(async () => furnished)
  }
  health.started({ watch, clock: opened.clock })
  log.info({ url: http.url, database: opened.location }, 'Ready.')

  const running = undo.move()
  return {
    url: http.url,
    operatorKey,
    // A key of the environment is not printed, and neither is what stands for it.
    signInUrl: dashboard && `${http.url}/sign-in${operatorKey.from === 'environment' ? '' : `#code=${(await signInCodes.create()).code}`}`,
    databaseLocation: opened.location,
    async stop({ lameDuckMs = 0 } = {}) {
      health.leaving()
      http.leave()
      if (lameDuckMs > 0) await setTimeout(lameDuckMs)
      await http.stopListening()
      const closed = http.close({ idleMs: environment.idleGraceSeconds * 1_000, withinMs: environment.drainSeconds * 1_000 })
      // Subscriptions have no end of their own, so they are not waited for. Their clients find another server now.
      const disconnected = sockets.stop()
      serving.stop()
      await Promise.all([closed, disconnected])
      await running.disposeAsync()
    },
  }
}

async function persistedOperations({ persistedOperations: path, persistedOnly: required }: Environment): Promise<PersistedOperationsSettings | undefined> {
  return path === undefined ? undefined : { operations: await readPersistedOperations(path), required }
}
