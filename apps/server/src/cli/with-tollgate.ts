import { randomIds, systemClock } from '@tollgate/kernel'
import type { Tollgate } from '../compose.ts'
import { prepareDataDirectory } from '../data-directory.ts'
import { type Environment, readEnvironment } from '../environment.ts'
import { createLog } from '../log.ts'
import { stopSignals } from '../stop-signals.ts'

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
  await using opened = await openTollgateDatabase({ environment, log, as: 'command', applicationName: `tollgate command, process ${process.pid}` })
  const tollgate = composeTollgate({ database: opened.database, clock: systemClock, ids: randomIds(), logger: log })
  // Ctrl-C ends the command, and with it the PostgreSQL that it started; what was not committed is rolled back, and a
  // rating run stops behind the chunk in hand.
  const interrupt = async () => {
    await tollgate.stop()
    await opened[Symbol.asyncDispose]()
    process.exit(130)
  }
  void stopSignals(log).first.then(interrupt)
  try {
    return await work(tollgate, environment)
  } finally {
    await tollgate.stop()
  }
}
