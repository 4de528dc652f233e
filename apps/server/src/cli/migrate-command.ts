import { Command } from 'commander'
import { readEnvironment } from '../environment.ts'
import { createLog } from '../observability/log.ts'
import { prepareDataDirectory } from '../process/data-directory.ts'
import { print } from './print.ts'

/** `tollgate migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Migrates the database, as a server does when it starts, and prints what ran. Optional: the first new server of an upgrade does the same.')
    .action(migrate)
}

async function migrate(): Promise<void> {
  const environment = readEnvironment()
  const log = createLog({ logLevel: environment.logLevel ?? 'warn' })
  const { openTollgateDatabase } = await import('../database.ts')
  if (environment.databaseUrl === undefined) await prepareDataDirectory(environment.dataDirectory)
  const ran: string[] = []
  const applicationName = `tollgate migrate, process ${process.pid}`
  await using opened = await openTollgateDatabase({
    environment,
    log,
    as: 'command',
    applicationName,
    preparesJobs: true,
    onMigration: name => void ran.push(name),
  })
  for (const name of ran) print(name)
  print(ran.length === 0 ? `The database at ${opened.location} is up to date.` : `${ran.length} migrations ran in the database at ${opened.location}.`)
}
