import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import {
  postgresMigrations,
  type NotificationListener,
  openDatabase,
  openNotificationListener,
  openOwner,
  type PostgresDatabase,
  type SqlMigration,
} from '@tollgate/postgres'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Pool } from 'pg'

/** A PostgreSQL with production settings and only the schema of one package. */
export interface PackageDatabase extends AsyncDisposable {
  readonly database: PostgresDatabase
  readonly listener: NotificationListener
  /** Opens connections for a peer, as superuser. They are closed with the database. */
  connect(connections: number): Pool
}

/** Starts an empty one. */
export async function startPackageDatabase(migrations: readonly SqlMigration[]): Promise<PackageDatabase> {
  await using undo = new AsyncDisposableStack()
  const directory = await mkdtemp(join(tmpdir(), 'tollgate-bench-'))
  undo.defer(() => rm(directory, { recursive: true, force: true }))
  const postgres = await startEmbeddedPostgres({ directory, settings: { shared_buffers: '512MB', max_wal_size: '4GB' } })
  undo.defer(() => postgres.stop())
  const admin = new Client({ connectionString: postgres.url })
  await admin.connect()
  await admin.query('create database package_bench')
  await admin.end()
  const url = postgres.url.replace(/\/postgres$/, '/package_bench')
  const owner = await openOwner({ url })
  await owner.migrate([...postgresMigrations, ...migrations])
  await owner[Symbol.asyncDispose]()
  const database = await openDatabase(owner.access)
  undo.defer(() => database.close())
  const listener = await openNotificationListener({ url: owner.access.directUrl })
  undo.defer(() => listener.close())

  const done = undo.move()
  const connect = (max: number) => {
    const pool = new Pool({ connectionString: url, max })
    done.defer(() => pool.end())
    return pool
  }
  return { database, listener, connect, [Symbol.asyncDispose]: () => done.disposeAsync() }
}
