import type { Scope } from '@tollgate/kernel'
import type { Pool, PoolClient } from 'pg'
import type { PostgresDatabase } from './database.ts'
import { connectionFailure, DatabaseDown } from './database-failure.ts'
import type { PoolConnections } from './pool-connections.ts'
import { type Begin, type Signing, transact, transactOne } from './transact.ts'

/** A pool, and how its transactions set their scope. */
export interface ScopedPool {
  readonly pool: Pool
  readonly connections: PoolConnections
  /** Returns how the transactions of a connection set their scope; checks the connection when it is used for the first time. */
  readonly prepare: (client: PoolClient) => Signing | Promise<Signing>
  readonly isDown: () => boolean
  readonly close: () => Promise<void>
}

/** Returns a pool as a database. */
export function poolDatabase(scoped: ScopedPool): PostgresDatabase {
  const { pool, connections, prepare, close } = scoped
  return {
    transaction: (scope, work) =>
      withConnection(scoped, client => withSigning(prepare(client), signing => transact(client, { scope, begin: beginOf(signing, scope), work }))),
    query: (scope, statement, values = []) =>
      withConnection(scoped, client => withSigning(prepare(client), signing => transactOne(client, { begin: beginOf(signing, scope), statement, values }))),
    ping: () =>
      pool.query('select 1').then(
        () => true,
        () => false,
      ),
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    disconnect: () => connections.destroyAll(),
    close,
  }
}

/** Tells a pool that is busy from a database that is down, where the driver reports both as a timeout. */
export async function connected<Result>({ isDown }: Pick<ScopedPool, 'isDown'>, use: () => Promise<Result>): Promise<Result> {
  if (isDown()) throw new DatabaseDown()
  try {
    return await use()
  } catch (error) {
    throw connectionFailure(error, isDown())
  }
}

async function withConnection<Result>(scoped: ScopedPool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await connected(scoped, () => scoped.pool.connect())
  let broken = false
  const wasPipelined = setPipeline(client, true)
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
    setPipeline(client, wasPipelined)
    client.release(broken)
  }
}

/**
 * Lets an idle connection send queries without waiting for the previous one: a scoped statement then costs one round trip
 * instead of four, also on a pool of another program. Returns what it did before.
 */
function setPipeline(client: PoolClient, pipeline: boolean): boolean {
  const options = client as { pipeline?: boolean }
  const before = options.pipeline === true
  options.pipeline = pipeline
  return before
}

/** Does not wait for a connection that is known: its statements leave at once. */
function withSigning<Result>(signing: Signing | Promise<Signing>, run: (signing: Signing) => Promise<Result>): Promise<Result> {
  return signing instanceof Promise ? signing.then(run) : run(signing)
}

function beginOf({ setScope, sign, named }: Signing, scope: Scope): Begin {
  return { setScope, signedScope: sign(scope), sign, named }
}
