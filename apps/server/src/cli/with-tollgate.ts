import { randomIds } from '@tollgate/kernel'
import type { TollgateDatabase } from '../database.ts'
import type { Tollgate } from '../tollgate.ts'
import { cancelStatements } from '../database/cancel-statements.ts'
import { prepareDataDirectory } from '../process/data-directory.ts'
import { type Environment, readEnvironment } from '../environment.ts'
import { createLog } from '../observability/log.ts'
import { stopSignals } from '../process/stop-signals.ts'
import { operatorName } from './operator-name.ts'
import { priceFeedSettings } from '../features/prices/feed/price-feed-settings.ts'
import { runAs } from '../audited-changes/audit-origin.ts'
import { readAuditKeys } from '../features/audit/audit-keys.ts'
import { mailSettings } from '../features/billing/mail/mail-settings.ts'
import { readDesign } from '../features/billing/documents/read-design.ts'
import { webhookSettings } from '../features/webhooks/webhook-settings.ts'

/**
 * Runs a command on the database, which it opens as the server does: it joins the embedded PostgreSQL if that is running,
 * or starts it until the command ends. What the command changes is audited under the name of its user.
 */
export async function withTollgate<Result>(
  work: (tollgate: Tollgate, environment: Environment, opened: Pick<TollgateDatabase, 'openOwner'>) => Promise<Result>,
): Promise<Result> {
  const environment = readEnvironment()
  const log = createLog({ logLevel: environment.logLevel ?? 'warn' })
  // Loaded when needed: help, errors in options, and replay use no database and should not wait for its code.
  const [{ openTollgateDatabase }, { openDatabaseEncryption }, { composeTollgate }] = await Promise.all([
    import('../database.ts'),
    import('../database/open-database-encryption.ts'),
    import('../compose.ts'),
  ])
  if (environment.databaseUrl === undefined) await prepareDataDirectory(environment.dataDirectory)
  const applicationName = `tollgate command, process ${process.pid}`
  await using undo = new AsyncDisposableStack()
  const opened = await openTollgateDatabase({ environment, log, as: 'command', applicationName })
  const signals = undo.use(stopSignals(log))
  undo.use(opened) // Closed before `signals`, so that Ctrl-C does not end the process while PostgreSQL stops.
  const { clock } = opened.clock
  const tollgate = composeTollgate({
    database: opened.database,
    clock,
    defaultCurrency: environment.billing.defaultCurrency,
    ids: randomIds(),
    encryption: await openDatabaseEncryption({ environment, database: opened.database, clock }),
    logger: log,
    webhooks: webhookSettings(environment),
    collection: { providers: [], graceDays: environment.billing.graceDays },
    mail: await mailSettings(environment.billing, opened.access.scopeKey),
    priceFeed: priceFeedSettings(environment),
    auditKeys: await readAuditKeys(environment),
    auditSampling: environment.auditSampling,
    auditCheckpointFile: environment.auditCheckpointFile,
    documents: { design: await readDesign(environment.billing.invoiceDesign) },
  })
  await tollgate.testClocks.load()
  // Ctrl-C ends the command and the PostgreSQL that it started. A rating run finishes its current chunk. Other statements
  // are cancelled, and their transactions are rolled back.
  const interrupt = async () => {
    await tollgate.stop()
    await cancelStatements({ url: opened.access.directUrl, applicationName })
    await opened[Symbol.asyncDispose]()
    process.exit(130)
  }
  let ending: Promise<void> | undefined
  void signals.first.then(() => {
    ending = interrupt()
  })
  try {
    return await runAs({ actor: { kind: 'user', id: operatorName() } }, () => work(tollgate, environment, opened))
  } catch (error) {
    await ending // Errors of cancelled statements are not reported.
    throw error
  } finally {
    await tollgate.stop()
  }
}
