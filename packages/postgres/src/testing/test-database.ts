import { Client } from 'pg'
import { inject } from 'vitest'
import type { DatabaseAccess } from '../database-access.ts'
import { withRole } from '../migrations/application-role.ts'
import type { PostgresDatabase } from '../database.ts'
import type { EntityDatabase, EntityDatabaseOptions } from '../mikro-orm/index.ts'
import { openDatabase } from '../open-database.ts'
import type { DatabaseOptions } from '../pool-settings.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of the test run, as superuser. The database of this URL is for administration. */
    postgresUrl: string
    /** The owner of the test databases, who is no superuser. The database of this URL is the template. */
    ownerUrl: string
    /** How a server logs in to the template, from which test databases are cloned. */
    templateAccess: DatabaseAccess
  }
}

/** A database for one test file, cloned from the migrated template. */
export interface TestDatabase<Database extends PostgresDatabase = PostgresDatabase> {
  /** URL of the owner, to start a server process with. */
  readonly url: string
  /** How a server logs in, to open another connection with. */
  readonly access: DatabaseAccess
  readonly database: Database
  /** Runs a statement as superuser, without row-level security, to inspect and prepare tables. `APPLICATION_ROLE` works as in migrations. */
  asOwner<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  drop(): Promise<void>
}

let count = 0

/** Clones the template (tens of milliseconds) and opens the clone, with MikroORM if it has entities. Call `drop` in `afterAll`. */
export function createTestDatabase(options: Pick<EntityDatabaseOptions, 'entities' | 'poolSize'>): Promise<TestDatabase<EntityDatabase>>
export function createTestDatabase(options?: Pick<DatabaseOptions, 'poolSize'>): Promise<TestDatabase>
export async function createTestDatabase({ entities, ...options }: Partial<Pick<EntityDatabaseOptions, 'entities' | 'poolSize'>> = {}): Promise<TestDatabase> {
  const adminUrl = inject('postgresUrl')
  const ownerUrl = inject('ownerUrl')
  const template = inject('templateAccess')
  count += 1
  const name = `test_${process.pid}_${count}`
  // Copying the files takes half of the time of writing them to the log.
  await administer(adminUrl, `create database ${name} template ${new URL(ownerUrl).pathname.slice(1)} owner ${new URL(ownerUrl).username} strategy file_copy`)
  const access = { ...template, url: databaseUrl(template.url, name), directUrl: databaseUrl(template.directUrl, name) }
  const database = await open({ ...access, ...options }, entities)
  const superuser = new Client({ connectionString: databaseUrl(adminUrl, name) })
  await superuser.connect()
  superuser.on('error', () => {}) // Tests that stop PostgreSQL break this connection.
  return {
    url: databaseUrl(ownerUrl, name),
    access,
    database,
    asOwner: async <Row>(text: string, values: readonly unknown[] = []) => (await superuser.query(withRole(text, access.role), [...values])).rows as Row[],
    drop: async () => {
      await superuser.end()
      await database.close()
      await administer(adminUrl, `drop database ${name} with (force)`)
    },
  }
}

async function open(options: DatabaseOptions, entities: EntityDatabaseOptions['entities'] | undefined): Promise<PostgresDatabase> {
  if (entities === undefined) return openDatabase(options)
  const { openEntityDatabase } = await import('../mikro-orm/index.ts')
  return openEntityDatabase({ ...options, entities })
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

let administrator: Promise<Client> | undefined

/** Runs a statement on a connection that all test files of this process share, because opening one takes longer than most statements. */
async function administer(url: string, statement: string): Promise<void> {
  administrator ??= openAdministrator(url)
  await (await administrator).query(statement)
}

async function openAdministrator(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  client.on('error', () => (administrator = undefined)) // The next statement opens another one.
  await client.connect()
  return client
}
