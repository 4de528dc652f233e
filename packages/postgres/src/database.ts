import type { Scope, Transaction, Transactions } from '@tollgate/kernel'
import { type AnyEntity, type EntityClass, type EntitySchema, MikroORM, type SqlEntityManager } from '@mikro-orm/postgresql'
import type { Pool, PoolClient } from 'pg'
import { awaitAll } from './await-all.ts'
import { connectionSettings } from './connection-settings.ts'
import type { DatabaseAccess } from './database-access.ts'
import { commitFailed, connectionFailure, DatabaseDown, statementOrCommitFailed } from './database-failure.ts'
import { type DatabaseTimeouts, timeoutSettings } from './database-timeouts.ts'
import { holdWrites, sendHeld } from './hold-writes.ts'
import { checkConnectionRole } from './owner/connection-role.ts'
import { followConnections, inTime } from './pool-connections.ts'
import { scopeSigner } from './scope-signer.ts'
import { ScopedQuery } from './scoped-query.ts'
import { type SetScope, setScopeStatement } from './set-scope.ts'
import { transactEntities } from './transact-entities.ts'

/**
 * A statement that each connection parses and plans once, for hot paths in which planning may cost more than running. The
 * name must be unique for the text, and the plan must be good for any values.
 */
export interface PreparedStatement {
  readonly name: string
  readonly text: string
}

/** A transaction on one connection. Queries that are sent without awaiting each other share a round trip. */
export interface PostgresTransaction extends Transaction {
  /** Runs one statement with the parameters `$1`, `$2`, …. Returns `numeric` and `timestamptz` as text, in UTC. */
  query<Row>(statement: string | PreparedStatement, values?: readonly unknown[]): Promise<Row[]>
  /** Returns the same transaction, whose queries run in another scope. */
  inScope(scope: Scope): PostgresTransaction
}

/** The database, in the application role. Every statement runs in a transaction that carries a scope. */
export interface PostgresDatabase extends Transactions<PostgresTransaction> {
  /** Runs one statement in its own transaction, in one round trip. */
  query<Row>(scope: Scope, statement: string | PreparedStatement, values?: readonly unknown[]): Promise<Row[]>
  /** Runs work on entities in a transaction, and flushes changes before it commits. Not for hot paths. */
  entities<Result>(scope: Scope, work: (entities: SqlEntityManager) => Promise<Result>): Promise<Result>
  /** Whether the database responds. */
  ping(): Promise<boolean>
  /** Returns the number of open and idle connections, and of callers that wait for one. */
  connections(): { open: number; idle: number; waiting: number }
  /** Closes every connection at once, because PostgreSQL has stopped answering. Calls in progress fail; later ones connect again. */
  disconnect(): void
  close(): Promise<void>
}

/** Options of a database. */
export interface DatabaseOptions extends Pick<DatabaseAccess, 'url' | 'scopeKey'>, Partial<Pick<DatabaseAccess, 'directUrl'>> {
  readonly entities?: readonly (EntityClass<AnyEntity> | EntitySchema)[]
  /** Whether prepared statements keep their names. Not every pooler knows them: defaults to false if `directUrl` leads to another address than `url`, or else to true. */
  readonly preparedStatements?: boolean
  /** Maximum number of connections. Defaults to 10. */
  readonly poolSize?: number
  /** The name of its connections in `pg_stat_activity`. */
  readonly applicationName?: string
  /** Maximum wait for a connection from the pool, and for the server to accept one. Defaults to 5,000. */
  readonly connectTimeoutMs?: number
  /** Maximum durations of work. Defaults to none. */
  readonly timeouts?: DatabaseTimeouts
  /** Whether the database is known to be down. Calls then fail at once. */
  readonly isDown?: () => boolean
}

/** What calls need besides a connection. */
interface CallContext {
  readonly pool: Pool
  readonly isDown: () => boolean
}

/** How long `close` waits for PostgreSQL before it cuts connections. */
const MAX_CLOSE_MS = 2_000
const KEEP_ALIVE_AFTER_MS = 10_000

/** Opens the database with the access that its owner provided. Connections in another role fail with `WrongDatabaseRole`. */
export async function openDatabase({
  url,
  scopeKey,
  directUrl = url,
  preparedStatements = new URL(url).host === new URL(directUrl).host,
  entities = [],
  poolSize = 10,
  applicationName,
  connectTimeoutMs = 5_000,
  timeouts,
  isDown = () => false,
}: DatabaseOptions): Promise<PostgresDatabase> {
  const connection = connectionSettings(url)
  const orm = await MikroORM.init({
    clientUrl: connection.connectionString,
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    // A missing database is a mistake in the URL, so it is not created.
    ensureDatabase: false,
    pool: { max: poolSize },
    // `pipeline` sends queries without waiting for the previous one: a scoped statement costs one round trip instead of four.
    driverOptions: {
      // MikroORM reads only host, port, user and database from the URL. Its parameters are for the driver.
      ...connection,
      // No start-up options: a pooler would refuse or ignore them.
      onConnect: inTime(checkConnectionRole, connectTimeoutMs),
      ...(applicationName !== undefined && { application_name: applicationName }),
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      pipeline: true,
    },
  })
  const sign = scopeSigner(scopeKey)
  const pool: Pool = await orm.em.getConnection().getNativeClient()
  const connections = followConnections(pool, timeouts?.useMs)
  const settings = timeoutSettings(timeouts)
  const named: Begin['named'] = preparedStatements ? statement => statement : ({ text }) => ({ name: undefined, text })
  const setScope = named(setScopeStatement(settings))
  const begin = (scope: Scope): Begin => ({ setScope, signedScope: sign(scope), sign, named })
  const context: CallContext = { pool, isDown }
  return {
    transaction: (scope, work) => withConnection(context, client => transact(client, { scope, begin: begin(scope), work })),
    query: (scope, statement, values = []) => withConnection(context, client => transactOne(client, { begin: begin(scope), statement, values })),
    entities: (scope, work) => connected(context, () => transactEntities(orm, { signedScope: sign(scope), limits: settings, work })),
    ping: () =>
      pool.query('select 1').then(
        () => true,
        () => false,
      ),
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    disconnect: () => connections.destroyAll(),
    async close() {
      const cut = setTimeout(() => connections.destroyAll(), MAX_CLOSE_MS)
      try {
        await orm.close(true)
        // MikroORM ends the pool only if it sent statements itself. Otherwise, idle connections would keep the process alive
        // for ten seconds.
        if (!pool.ended) await pool.end()
      } finally {
        clearTimeout(cut)
        connections.stop()
      }
    },
  }
}

/** Tells a pool that is busy from a database that is down, where the driver reports both as a timeout. */
async function connected<Result>({ isDown }: CallContext, use: () => Promise<Result>): Promise<Result> {
  if (isDown()) throw new DatabaseDown()
  try {
    return await use()
  } catch (error) {
    throw connectionFailure(error, isDown())
  }
}

async function withConnection<Result>(context: CallContext, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await connected(context, () => context.pool.connect())
  let broken = false
  try {
    return await work(client)
  } catch (error) {
    // Sent even if no transaction is open: its response follows those of all earlier queries, so the connection is idle
    // and clean when it returns to the pool. If it fails, the connection is not used again.
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** What starts a transaction. */
interface Begin {
  readonly setScope: SetScope
  readonly signedScope: string
  readonly sign: (scope: Scope) => string
  /** Returns a prepared statement with its name, or without it. */
  readonly named: (statement: PreparedStatement) => { readonly name: string | undefined; readonly text: string }
}

async function transact<Result>(
  client: PoolClient,
  { scope, begin, work }: { scope: Scope; begin: Begin; work: (transaction: PostgresTransaction) => Promise<Result> },
): Promise<Result> {
  holdWrites(client)
  const opened = open(client, begin)
  const result = await work(openTransaction(client, begin, scope))
  await opened
  const { command } = await client.query('commit').catch(commitFailed)
  // PostgreSQL answers a commit after a failed statement with a rollback. This must not be reported as success, even if
  // the work caught the error of the statement.
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back, because a statement in it failed')
  return result
}

/** Returns the transaction that was opened on a connection. It sets the scope again only where queries in several scopes alternate. */
function openTransaction(client: PoolClient, begin: Begin, scope: Scope): PostgresTransaction {
  let current = begin.signedScope
  let isFirst = true
  const inScope = (own: Scope, signedScope: string): PostgresTransaction => ({
    scope: own,
    query: async <Row>(statement: string | PreparedStatement, values: readonly unknown[] = []) => {
      holdWrites(client)
      // Sent together: if the scope cannot be set, PostgreSQL refuses the statement too.
      const changed = current === signedScope ? undefined : sendScope(client, begin, signedScope)
      current = signedScope
      const sent = send(client, begin, statement, values)
      // The caller may prepare the next statements while PostgreSQL works on the first.
      sendHeld(client, { isNow: isFirst })
      isFirst = false
      const { rows } = changed === undefined ? await sent : (await awaitAll([changed, sent]))[1]
      return rows as Row[]
    },
    inScope: other => inScope(other, begin.sign(other)),
  })
  return inScope(scope, begin.signedScope)
}

/** Runs one statement in a transaction of its own. PostgreSQL answers it with an error if it, or its commit, fails. */
async function transactOne<Row>(
  client: PoolClient,
  { begin, statement, values }: { begin: Begin; statement: string | PreparedStatement; values: readonly unknown[] },
): Promise<Row[]> {
  holdWrites(client)
  try {
    return await new Promise<Row[]>((resolve, reject) => {
      const query = { ...queryOf(begin, statement), values: [...values] }
      void client.query(new ScopedQuery(query, begin, (error, result) => (error === null ? resolve(result.rows) : reject(error))))
    })
  } catch (error) {
    Error.captureStackTrace(error as Error) // Its own leads to the socket.
    return statementOrCommitFailed(error)
  }
}

function queryOf(begin: Begin, statement: string | PreparedStatement): { readonly name?: string | undefined; readonly text: string } {
  return typeof statement === 'string' ? { text: statement } : begin.named(statement)
}

function send(client: PoolClient, begin: Begin, statement: string | PreparedStatement, values: readonly unknown[]): Promise<{ rows: unknown[] }> {
  return typeof statement === 'string' ? client.query(statement, [...values]) : client.query({ ...queryOf(begin, statement), values: [...values] })
}

/** Sends begin and the scope without waiting. The caller awaits the result; the handler here only prevents an unhandled rejection. */
function open(client: PoolClient, begin: Begin): Promise<unknown> {
  const opened = Promise.all([client.query('begin'), sendScope(client, begin, begin.signedScope)])
  opened.catch(() => {})
  return opened
}

function sendScope(client: PoolClient, begin: Begin, signedScope: string): Promise<unknown> {
  return client.query({ ...begin.setScope, values: [signedScope] })
}
