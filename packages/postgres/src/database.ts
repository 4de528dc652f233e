import type { Scope, Transaction, Transactions } from '@tollgate/kernel'
import { type AnyEntity, type EntityClass, type EntitySchema, MikroORM, type SqlEntityManager } from '@mikro-orm/postgresql'
import type { Pool, PoolClient } from 'pg'
import { APPLICATION_ROLE, TENANTS_SETTING, tenantsSetting } from './tenant-isolation.ts'
import { transactEntities } from './transact-entities.ts'

/**
 * A statement that each connection parses and plans once: for hot paths, where planning may cost more than running. The
 * name stands for the text: no two texts may have one. Its plan must be good for any values.
 */
export interface PreparedStatement {
  readonly name: string
  readonly text: string
}

/** A transaction on one PostgreSQL connection. Queries sent without waiting for each other share a round trip. */
export interface PostgresTransaction extends Transaction {
  /** Runs one statement with `$1`, `$2`, … for `values`. `numeric` and `timestamptz` come back as text, in UTC. */
  query<Row>(statement: string | PreparedStatement, values?: readonly unknown[]): Promise<Row[]>
}

/** The database, as the application role: every statement runs in a transaction that carries a scope. */
export interface PostgresDatabase extends Transactions<PostgresTransaction> {
  /** Runs one statement in a transaction of its own, in one round trip. */
  query<Row>(scope: Scope, statement: string | PreparedStatement, values?: readonly unknown[]): Promise<Row[]>
  /** Runs work on entities in a transaction; changes are flushed before it commits. Not for hot paths. */
  entities<Result>(scope: Scope, work: (entities: SqlEntityManager) => Promise<Result>): Promise<Result>
  /** Whether the database answers. */
  ping(): Promise<boolean>
  /** Connections of the pool: open, idle, and callers waiting for one. */
  connections(): { open: number; idle: number; waiting: number }
  close(): Promise<void>
}

/** Where the database is, and what lives in it. */
export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`; the user owns the schema, and each session becomes the application role. */
  readonly url: string
  readonly entities?: readonly (EntityClass<AnyEntity> | EntitySchema)[]
  /** Connections at the most. */
  readonly poolSize?: number
  /** How its connections show in PostgreSQL. */
  readonly applicationName?: string
  /** How long a caller waits for a connection, and a connection for the server, before it fails. */
  readonly connectTimeoutMs?: number
}

/** Opens the database. Migrate it first: the application role must exist. */
export async function openDatabase({
  url,
  entities = [],
  poolSize = 10,
  applicationName,
  connectTimeoutMs = 5_000,
}: DatabaseOptions): Promise<PostgresDatabase> {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    // A database that is not there is a mistake in the URL, not a wish for a new one.
    ensureDatabase: false,
    pool: { max: poolSize },
    // The role is set when a session starts, so that nothing can run as the owner by oversight. `pipeline` sends
    // queries without waiting for the one before: a scoped statement costs one round trip instead of four.
    driverOptions: {
      options: `-c role=${APPLICATION_ROLE} -c timezone=UTC`,
      ...(applicationName !== undefined && { application_name: applicationName }),
      connectionTimeoutMillis: connectTimeoutMs,
      pipeline: true,
    },
  })
  const pool: Pool = await orm.em.getConnection().getNativeClient()
  return {
    transaction: (scope, work) => withConnection(pool, client => transact(client, scope, work)),
    query: (scope, statement, values) => withConnection(pool, client => transactOne(client, scope, statement, values)),
    entities: (scope, work) => transactEntities(orm, scope, work),
    ping: () =>
      pool.query('select 1').then(
        () => true,
        () => false,
      ),
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    async close() {
      await orm.close(true)
      // MikroORM ends the pool only where it sent statements of its own; left open, its idle connections keep the
      // process alive for ten seconds.
      if (!pool.ended) await pool.end()
    },
  }
}

async function withConnection<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken = false
  try {
    return await work(client)
  } catch (error) {
    // Also where nothing is open: its answer comes behind those of all that was sent before, so that the connection is
    // quiet and clean when it goes back to the pool. A connection that cannot even do this is not used again.
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}

async function transact<Result>(client: PoolClient, scope: Scope, work: (transaction: PostgresTransaction) => Promise<Result>): Promise<Result> {
  const opened = begin(client, scope)
  const result = await work({
    scope,
    query: async <Row>(statement: string | PreparedStatement, values: readonly unknown[] = []) => {
      const { rows } = await send(client, statement, values)
      return rows as Row[]
    },
  })
  await opened
  const { command } = await client.query('commit')
  // PostgreSQL answers a commit after a failed statement with a rollback. Work that swallowed the failure must not be
  // told that it is durable.
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back: a statement in it had failed, and the work went on')
  return result
}

/** All three are sent at once; if the statement fails, PostgreSQL answers the commit with a rollback. */
async function transactOne<Row>(client: PoolClient, scope: Scope, statement: string | PreparedStatement, values: readonly unknown[] = []): Promise<Row[]> {
  const [, answer] = await Promise.all([begin(client, scope), send(client, statement, values), client.query('commit')])
  return answer.rows as Row[]
}

function send(client: PoolClient, statement: string | PreparedStatement, values: readonly unknown[]): Promise<{ rows: unknown[] }> {
  return typeof statement === 'string' ? client.query(statement, [...values]) : client.query({ ...statement, values: [...values] })
}

/** Sends the opening without waiting for it. Whoever needs it awaits it; here a failure is only kept from being unhandled. */
function begin(client: PoolClient, scope: Scope): Promise<unknown> {
  const opened = client.query(`begin; set local ${TENANTS_SETTING} = ${client.escapeLiteral(tenantsSetting(scope))}`)
  opened.catch(() => {})
  return opened
}
