import { claimDataDirectory, type EmbeddedPostgres, isLastUser, startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { type DatabaseAccess, type DatabaseOwner, openOwner, type PostgresDatabase, tlsFailure } from '@tollgate/postgres'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DomainError, isDomainError, OPERATOR_SCOPE } from '@tollgate/kernel'
import { Client, escapeIdentifier } from 'pg'
import { type DatabaseClock, databaseClock } from './database/database-clock.ts'
import { type DatabasePools, openCommandDatabase, openPools, type PoolSettings, warnIfTooMany } from './database/database-pools.ts'
import { DatabaseUnusable } from './database/database-unusable.ts'
import { type DatabaseWatch, watchDatabase } from './database/database-watch.ts'
import { entities } from './database/entities.ts'
import type { Environment } from './environment.ts'
import type { Log } from './observability/log.ts'
import { migrations } from './database/migrations.ts'

/** The database, migrated and open. Dispose of it at the end. */
export interface TollgateDatabase extends AsyncDisposable {
  readonly database: PostgresDatabase
  /** The connections of a server; undefined for a command. */
  readonly pools: DatabasePools | undefined
  readonly watch: DatabaseWatch
  /** Its clock, which all servers share. */
  readonly clock: DatabaseClock
  /** Its address for people, without the password. */
  readonly location: string
  /** How to log in to it, for code that opens connections of its own. */
  readonly access: DatabaseAccess
  /** Connects as the owner of the tables, which alone can remove entries of audit logs. Others that migrate wait until it is disposed of. */
  openOwner(): Promise<DatabaseOwner>
}

/** Options of opening the database. */
export interface TollgateDatabaseOptions {
  readonly environment: PoolSettings &
    Pick<Environment, 'databaseUrl' | 'migrationsUrl' | 'migrationWaitSeconds' | 'preparedStatements' | 'dataDirectory' | 'maxClockOffsetSeconds'>
  readonly log: Log
  /** An embedded PostgreSQL has at most one server. Commands join it, or start one and stop it afterwards. */
  readonly as: 'server' | 'command'
  /** The name of this process in PostgreSQL. */
  readonly applicationName: string
  /** Whether a command prepares the tables of background jobs even if they exist, as a server does. Defaults to no. */
  readonly preparesJobs?: boolean
  /** Called with the name of each migration that runs. */
  readonly onMigration?: (name: string) => void
}

const EMBEDDED_DATABASE = 'tollgate'
const CHECK_LOG_EVERY_MS = 2_000
/** An embedded PostgreSQL that does not start for this long needs help: nobody else restarts it. */
const MAX_EMBEDDED_OUTAGE_MS = 300_000

/** Starts the embedded PostgreSQL or connects to the configured one, migrates it, and opens it. */
export async function openTollgateDatabase(options: TollgateDatabaseOptions): Promise<TollgateDatabase> {
  const {
    environment: { databaseUrl, preparedStatements, maxClockOffsetSeconds },
    applicationName,
    log,
  } = options
  await using undo = new AsyncDisposableStack()
  // A command runs once and decides by the database's clock, so it is never refused.
  const clock = databaseClock({ maxOffsetMs: options.as === 'server' ? maxClockOffsetSeconds * 1_000 : 0, log })
  const reaching = { ...options, onClock: clock.observe }
  const reached = databaseUrl === undefined ? await openEmbedded(reaching, undo) : openConfigured(databaseUrl, reaching)
  const { ownerUrl, location } = reached
  const { access, watch } = await (async () => {
    await using owner = await becomeOwner(reached, options)
    const { access } = owner
    const watch = await reached.watch(access.directUrl)
    undo.defer(() => watch.release())
    const clockOff = clock.refusal()
    if (clockOff !== undefined) throw clockOff
    await migrate(owner, { ownerUrl, ...options }).catch(cannotMigrate(location))
    return { access, watch }
  })()
  const connecting = { ...access, ...(preparedStatements !== undefined && { preparedStatements }), entities, applicationName, isDown: () => !watch.isUp() }
  const pools = options.as === 'server' ? await openPools(options.environment, connecting) : undefined
  const database = pools?.database ?? (await openCommandDatabase(connecting))
  watch.onSilence(() => database.disconnect())
  undo.defer(() => database.close())
  await database.query(OPERATOR_SCOPE, 'select').catch(cannotUse(access.url))
  if (pools !== undefined) await warnIfTooMany(options.environment, pools, log)
  const done = undo.move()
  const connectOwner = () => becomeOwner(reached, options)
  return { database, pools, watch, clock, location, access, openOwner: connectOwner, [Symbol.asyncDispose]: () => done.disposeAsync() }
}

function becomeOwner({ ownerUrl, runtimeUrl }: Reached, { environment, applicationName, log }: TollgateDatabaseOptions): Promise<DatabaseOwner> {
  return openOwner({
    url: ownerUrl,
    runtimeUrl,
    applicationName: `${applicationName}, migrations`,
    timeoutMs: environment.migrationWaitSeconds * 1_000,
    onWait: holder => log.warn({ holder }, 'Waiting for another process that migrates the database.'),
  }).catch((error: unknown) => {
    throw isDomainError(error) ? error : new DatabaseUnusable(ownerUrl, error)
  })
}

interface MigrationOptions extends Pick<TollgateDatabaseOptions, 'as' | 'preparesJobs' | 'onMigration'> {
  readonly ownerUrl: string
}

/** Commands add jobs but do not run any. After a server has prepared the tables, they skip loading the job runner. */
async function migrate(owner: DatabaseOwner, { ownerUrl, as, preparesJobs = as === 'server', onMigration }: MigrationOptions): Promise<void> {
  await owner.migrate(migrations, onMigration && { onProgress: onMigration })
  const [jobs] = await owner.query<{ areReady: boolean }>(`select to_regnamespace('graphile_worker') is not null as "areReady"`)
  if (!preparesJobs && jobs?.areReady === true) return
  const { prepareJobs } = await import('./jobs/prepare-jobs.ts')
  await prepareJobs({ url: ownerUrl, owner })
}

interface ReachOptions extends TollgateDatabaseOptions {
  readonly onClock: DatabaseClock['observe']
}

/** Where the database is. */
interface Reached {
  readonly ownerUrl: string
  /** URL of a role that was created for the server. Undefined to let the owner create one. */
  readonly runtimeUrl?: string
  readonly location: string
  /** Watches the database with the role of the server. */
  watch(url: string): Promise<DatabaseWatch>
}

function openConfigured(databaseUrl: string, { environment: { migrationsUrl }, applicationName, log, onClock }: ReachOptions): Reached {
  const watch = (url: string) =>
    watchDatabase({ url, applicationName, log, onClock }).catch((error: unknown) => {
      throw new DatabaseUnusable(url, error)
    })
  const location = new URL(databaseUrl).host
  return migrationsUrl === undefined ? { ownerUrl: databaseUrl, location, watch } : { ownerUrl: migrationsUrl, runtimeUrl: databaseUrl, location, watch }
}

async function openEmbedded({ environment: { dataDirectory }, as, applicationName, log, onClock }: ReachOptions, undo: AsyncDisposableStack): Promise<Reached> {
  const directory = join(dataDirectory, 'postgres')
  const postgres = await startEmbeddedPostgres({ directory })
  log.info({ directory, started: postgres.started }, postgres.started ? 'Started PostgreSQL.' : 'PostgreSQL was already running.')
  let isOurs = postgres.started
  undo.defer(async () => {
    if (isOurs) await postgres.stop()
  })
  if (as === 'server') {
    const rotate = () => void postgres.rotateLog().catch((error: unknown) => log.warn({ err: error }, "PostgreSQL's log could not be rotated."))
    const timer = setInterval(rotate, CHECK_LOG_EVERY_MS).unref()
    undo.defer(() => clearInterval(timer))
  }
  const ownerUrl = await embeddedDatabase(postgres)
  const watch = (url: string) =>
    watchDatabase({
      url,
      applicationName,
      log,
      onClock,
      maxOutageMs: MAX_EMBEDDED_OUTAGE_MS,
      revive: () => postgres.revive(),
      onConnect: connection => {
        isOurs = false // Other processes may have joined. The last one to leave stops PostgreSQL.
        return claimDataDirectory(connection, { as, directory: dataDirectory })
      },
      onRelease: async connection => {
        isOurs = await isLastUser(connection).catch(() => false)
      },
    })
  return { ownerUrl, watch, location: directory }
}

/** Creates the database if PostgreSQL is new, and waits for a PostgreSQL that is recovering from a crash. */
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

/** Ignores that another process, started at the same time, has created the database. */
function unlessItExists(error: unknown): void {
  const { code } = error as { code?: string }
  if (code !== '42P04' && code !== '23505') throw error
}

function cannotUse(url: string): (error: unknown) => never {
  return error => {
    throw tlsFailure(error) === undefined ? error : new DatabaseUnusable(url, error)
  }
}

function cannotMigrate(location: string): (error: unknown) => never {
  return error => {
    throw isDomainError(error) ? error : new MigrationFailed(location, error)
  }
}

/** A migration failed and was rolled back. The migrations before it are kept. */
export class MigrationFailed extends DomainError<'MIGRATION_FAILED'> {
  constructor(location: string, cause: unknown) {
    super('MIGRATION_FAILED', `The database at ${location} could not be migrated: ${(cause as Error).message}`, { cause })
  }
}
