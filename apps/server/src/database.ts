import { claimDataDirectory, type EmbeddedPostgres, isLastUser, startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { openDatabase, type PostgresDatabase, runMigrations } from '@tollgate/postgres'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DomainError, isDomainError, OPERATOR_SCOPE } from '@tollgate/kernel'
import { Client, escapeIdentifier } from 'pg'
import { DatabaseUnusable } from './database/database-unusable.ts'
import { type DatabaseWatch, watchDatabase } from './database/database-watch.ts'
import { entities } from './database/entities.ts'
import type { Environment } from './environment.ts'
import type { Log } from './observability/log.ts'
import { migrations } from './database/migrations.ts'

/** The database, migrated and open, and what must be undone at the end. */
export interface TollgateDatabase extends AsyncDisposable {
  readonly database: PostgresDatabase
  readonly watch: DatabaseWatch
  /** Where it is, for people: no password. */
  readonly location: string
  /** Where it is, as its owner: for what needs connections of its own. */
  readonly url: string
}

/** How it is opened. */
export interface TollgateDatabaseOptions {
  readonly environment: Pick<Environment, 'databaseUrl' | 'dataDirectory' | 'poolSize'>
  readonly log: Log
  /** At the most one server uses an embedded PostgreSQL; commands join it, or start and stop one for themselves. */
  readonly as: 'server' | 'command'
  /** How this process shows in PostgreSQL. */
  readonly applicationName: string
}

const EMBEDDED_DATABASE = 'tollgate'
const EMBEDDED_RESTARTS = 10

/** Starts the embedded PostgreSQL or reaches the configured one, brings it up to date, and opens it. */
export async function openTollgateDatabase(options: TollgateDatabaseOptions): Promise<TollgateDatabase> {
  const {
    environment: { databaseUrl, poolSize },
    applicationName,
  } = options
  await using undo = new AsyncDisposableStack()
  const { url, watch, location } = databaseUrl === undefined ? await openEmbedded(options, undo) : await openConfigured(databaseUrl, options)
  undo.defer(() => watch.release())
  await runMigrations({ url, migrations }).catch(cannotMigrate(location))
  const database = await openDatabase({ url, entities, poolSize, applicationName })
  undo.defer(() => database.close())
  if (options.as === 'server' || !(await hasJobs(database))) await prepareJobs(url).catch(cannotMigrate(location))
  const done = undo.move()
  return { database, watch, location, url, [Symbol.asyncDispose]: () => done.disposeAsync() }
}

/** Commands add jobs, and run none: where a server was before, they need not load what runs them. */
async function hasJobs(database: PostgresDatabase): Promise<boolean> {
  const schemas = await database.query(OPERATOR_SCOPE, `select from pg_namespace where nspname = 'graphile_worker'`)
  return schemas.length > 0
}

async function prepareJobs(url: string): Promise<void> {
  const jobs = await import('./jobs/prepare-jobs.ts')
  await jobs.prepareJobs(url)
}

interface Reached {
  readonly url: string
  readonly watch: DatabaseWatch
  readonly location: string
}

async function openConfigured(url: string, { applicationName, log }: TollgateDatabaseOptions): Promise<Reached> {
  const location = new URL(url).host
  const watch = await watchDatabase({ url, applicationName, log }).catch((error: unknown) => {
    throw new DatabaseUnusable(url, error)
  })
  return { url, watch, location }
}

async function openEmbedded(
  { environment: { dataDirectory }, as, applicationName, log }: TollgateDatabaseOptions,
  undo: AsyncDisposableStack,
): Promise<Reached> {
  const directory = join(dataDirectory, 'postgres')
  const postgres = await startEmbeddedPostgres({ directory })
  log.info({ directory, started: postgres.started }, postgres.started ? 'PostgreSQL was started.' : 'PostgreSQL was already running.')
  let isOurs = postgres.started
  undo.defer(async () => {
    if (isOurs) await postgres.stop()
  })
  const url = await embeddedDatabase(postgres)
  const watch = await watchDatabase({
    url,
    applicationName,
    log,
    attempts: EMBEDDED_RESTARTS,
    revive: () => postgres.revive(),
    onConnect: connection => {
      isOurs = false // From here on others may have joined: whoever goes last stops it.
      return claimDataDirectory(connection, { as, directory: dataDirectory })
    },
    onRelease: async connection => {
      isOurs = await isLastUser(connection).catch(() => false)
    },
  })
  return { url, watch, location: directory }
}

/** Makes the database in a new PostgreSQL; waits for one that is still coming up after a crash. */
async function embeddedDatabase({ url }: EmbeddedPostgres): Promise<string> {
  const client = await connectWhenUp(url)
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [EMBEDDED_DATABASE])
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(EMBEDDED_DATABASE)}`).catch(unlessItExists)
  } finally {
    await client.end()
  }
  const embedded = new URL(url)
  embedded.pathname = `/${EMBEDDED_DATABASE}`
  return embedded.href
}

async function connectWhenUp(url: string): Promise<Client> {
  const CANNOT_CONNECT_NOW = '57P03'
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
    try {
      await client.connect()
      return client
    } catch (error) {
      if ((error as { code?: string }).code !== CANNOT_CONNECT_NOW) throw new DatabaseUnusable(url, error)
      await delay(100)
    }
  }
}

/** Two first starts at once: the other one made it. */
function unlessItExists(error: unknown): void {
  const { code } = error as { code?: string }
  if (code !== '42P04' && code !== '23505') throw error
}

function cannotMigrate(location: string): (error: unknown) => never {
  return error => {
    throw isDomainError(error) ? error : new MigrationFailed(location, error)
  }
}

/** A migration did not run; it was rolled back, and the ones before it stand. */
export class MigrationFailed extends DomainError<'MIGRATION_FAILED'> {
  constructor(location: string, cause: unknown) {
    super('MIGRATION_FAILED', `The database at ${location} could not be brought up to date: ${(cause as Error).message}`, { cause })
  }
}
