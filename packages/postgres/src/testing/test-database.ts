import { Client } from 'pg'
import { inject } from 'vitest'
import { type DatabaseOptions, openDatabase, type PostgresDatabase } from '../database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of the test run, as superuser. The database of this URL is for administration. */
    postgresUrl: string
    /** Name of the migrated database that test databases are cloned from. */
    templateDatabase: string
  }
}

/** A database for one test file, cloned from the migrated template. */
export interface TestDatabase {
  /** Connects as the owner, without row-level security: for a second connection, a server process, or to inspect tables. */
  readonly url: string
  readonly database: PostgresDatabase
  /** Runs a statement as the owner. */
  asOwner<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  drop(): Promise<void>
}

let count = 0

/** Clones the template (tens of milliseconds) and opens the clone. Call `drop` in `afterAll`. */
export async function createTestDatabase(options: Pick<DatabaseOptions, 'entities' | 'poolSize'> = {}): Promise<TestDatabase> {
  const adminUrl = inject('postgresUrl')
  count += 1
  const name = `test_${process.pid}_${count}`
  await run(adminUrl, `create database ${name} template ${inject('templateDatabase')}`)
  const url = databaseUrl(adminUrl, name)
  const database = await openDatabase({ url, ...options })
  const owner = new Client({ connectionString: url })
  await owner.connect()
  owner.on('error', () => {}) // Tests that stop PostgreSQL break this connection.
  return {
    url,
    database,
    asOwner: async <Row>(text: string, values: readonly unknown[] = []) => (await owner.query(text, [...values])).rows as Row[],
    drop: async () => {
      await owner.end()
      await database.close()
      await run(adminUrl, `drop database ${name} with (force)`)
    },
  }
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
