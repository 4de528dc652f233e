import { randomIds, systemClock } from '@tollgate/kernel'
import type { Tollgate } from '../tollgate.ts'
import { cancelStatements } from '../database/cancel-statements.ts'
import { prepareDataDirectory } from '../process/data-directory.ts'
import { type Environment, readEnvironment } from '../environment.ts'
import { createLog } from '../observability/log.ts'
import { stopSignals } from '../process/stop-signals.ts'
import { webhookSettings } from '../features/webhooks/webhook-settings.ts'

/**
 * Runs a command on the database, opened as the server opens it: the embedded PostgreSQL is joined where it runs, and
 * otherwise started for as long as the command takes.
 */
export async function withTollgate<Result>(work: (tollgate: Tollgate, environment: Environment) => Promise<Result>): Promise<Result> {
  const environment = readEnvironment()
  const log = createLog({ logLevel: environment.logLevel ?? 'warn' })
  // Loaded only now: help, mistakes in options, and replay need no database, and should not wait for its code.
  const [{ openTollgateDatabase }, { composeTollgate }] = await Promise.all([import('../database.ts'), import('../compose.ts')])
  if (environment.databaseUrl === undefined) await prepareDataDirectory(environment.dataDirectory)
  const applicationName = `tollgate command, process ${process.pid}`
  await using undo = new AsyncDisposableStack()
  const opened = await openTollgateDatabase({ environment, log, as: 'command', applicationName })
  const signals = undo.use(stopSignals(log))
  undo.use(opened) // Closed first: Ctrl-C must not end the process while PostgreSQL stops.
  const tollgate = composeTollgate({ database: opened.database, clock: systemClock, ids: randomIds(), logger: log, webhooks: webhookSettings(environment) })
  // Ctrl-C ends the command, and with it the PostgreSQL that it started. A rating run stops behind the chunk in hand; any
  // other statement is not waited for, but cancelled, and with it what was not committed.
  const interrupt = async () => {
    await tollgate.stop()
    await cancelStatements({ url: opened.url, applicationName })
    await opened[Symbol.asyncDispose]()
    process.exit(130)
  }
  let ending: Promise<void> | undefined
  void signals.first.then(() => {
    ending = interrupt()
  })
  try {
    return await work(tollgate, environment)
  } catch (error) {
    await ending // A statement that was cancelled is no failure to tell of.
    throw error
  } finally {
    await tollgate.stop()
  }
}
