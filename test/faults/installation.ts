import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { Client, type QueryResultRow } from 'pg'
import { eventually } from '../kit/eventually.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { createFaultyServer, type FaultyServer } from './faulty-server.ts'
import type { Random } from './random.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'

/** Two servers that share a PostgreSQL of their own. All connections between processes are lines that can be disturbed. */
export interface Installation extends AsyncDisposable {
  readonly servers: readonly [FaultyServer, FaultyServer]
  readonly postgres: EmbeddedPostgres
  /** The directory that contains "postgres/data". */
  readonly dataDirectory: string
  /** The file system of PostgreSQL, or why there is none of its own. */
  readonly smallDisk: SmallDisk | string
  /** Runs a statement as superuser, on a connection without a line. */
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** Environment of a command that works on the database. */
  readonly commandEnvironment: Readonly<Record<string, string>>
}

const OWNER = 'tollgate_owner'
const DATABASE = 'tollgate'

/** What the small disk has room for. */
const SETTINGS = { max_connections: '200', max_wal_size: '64MB', min_wal_size: '32MB', shared_buffers: '64MB', log_min_messages: 'warning' }

/** Starts PostgreSQL and the servers. */
export async function startInstallation({ random, onSmallDisk }: { random: Random; onSmallDisk: boolean }): Promise<Installation> {
  await using undo = new AsyncDisposableStack()
  const temporary = undo.use(await temporaryDirectory())
  const smallDisk = onSmallDisk ? await mountSmallDisk(temporary.path) : 'the short form leaves it out'
  if (typeof smallDisk !== 'string') undo.defer(() => unmount(smallDisk))
  const dataDirectory = typeof smallDisk === 'string' ? join(temporary.path, 'data') : smallDisk.directory
  await mkdir(dataDirectory, { recursive: true })
  await chmod(dataDirectory, 0o755)
  const postgres = await startEmbeddedPostgres({ directory: join(dataDirectory, 'postgres'), settings: SETTINGS })
  undo.defer(() => postgres.stop())

  const query = async <Row extends QueryResultRow>(text: string, values: readonly unknown[] = [], database = DATABASE) => {
    const client = new Client({ connectionString: urlOf(postgres, { database }), connectionTimeoutMillis: 30_000 })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query<Row>(text, [...values])).rows
    } finally {
      await client.end()
    }
  }
  await query(`create role ${OWNER} login createrole password '${OWNER}'`, [], 'postgres')
  await query(`create database ${DATABASE} owner ${OWNER}`, [], 'postgres')
  const databaseUrl = urlOf(postgres, { database: DATABASE, user: OWNER })

  const create = async (name: string) => {
    const server = await createFaultyServer({ name, databaseUrl, random })
    undo.defer(() => server.close())
    return server
  }
  const servers = [await create('A'), await create('B')] as const
  await Promise.all(servers.map(server => server.start({ shiftMs: 0 })))
  const done = undo.move()
  const commandEnvironment = { DATABASE_URL: databaseUrl }
  return { servers, postgres, dataDirectory, smallDisk, query, commandEnvironment, [Symbol.asyncDispose]: () => done.disposeAsync() }
}

function urlOf({ url }: EmbeddedPostgres, { database, user }: { database: string; user?: string }): string {
  return Object.assign(new URL(url), { pathname: database, ...(user !== undefined && { username: user, password: user }) }).href
}

/** Workers of PostgreSQL may use the disk for a moment after their postmaster has ended. */
async function unmount(disk: SmallDisk): Promise<void> {
  await eventually('the small disk is unmounted', () =>
    disk.unmount().then(
      () => true,
      () => false,
    ),
  )
}
