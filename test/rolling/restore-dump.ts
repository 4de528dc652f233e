import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import type { TestDatabase } from '@tollgate/postgres/testing'
import { Client } from 'pg'
import { dumpDatabase } from '../kit/dump-database.ts'

/** A database in a PostgreSQL of its own. */
export interface RestoredDatabase extends AsyncDisposable {
  /** URL of the owner. */
  readonly url: string
  /** Counts the rows of a table that the role of the server sees without a scope. */
  rowsWithoutScope(table: string): Promise<number>
}

const OWNER_PASSWORD = 'restored'

/** Dumps a database as its owner and restores it into a new PostgreSQL, in the steps of the guide "Back up and restore". */
export async function restoreDump({ url, asOwner }: Pick<TestDatabase, 'url' | 'asOwner'>, directory: string): Promise<RestoredDatabase> {
  const { username: owner, pathname } = new URL(url)
  const [scope] = await query<{ operator_scope: string }>(url, 'select tollgate.operator_scope()')
  const dump = await dumpDatabase(url, { args: ['--enable-row-security', '--rows-per-insert=500'], options: `-c tollgate.tenants=${scope?.operator_scope}` })
  const roles = await asOwner<{ rolname: string }>(`select rolname from pg_roles where rolname like 'tollgate\\_%'`)

  const postgres = await startEmbeddedPostgres({ directory, settings: { fsync: 'off' } })
  const at = (user: string, password: string, database: string) => Object.assign(new URL(postgres.url), { username: user, password, pathname: database }).href
  const { username, password } = new URL(postgres.url)
  const name = pathname.slice(1)
  await query(postgres.url, `create role ${owner} login createrole password '${OWNER_PASSWORD}'`)
  await query(postgres.url, `create database ${name} owner ${owner}`)
  // By the owner, whose next start sets its password.
  for (const { rolname } of roles) await query(at(owner, OWNER_PASSWORD, name), `create role ${rolname} login`)
  await query(at(owner, OWNER_PASSWORD, name), dump)
  return {
    url: at(owner, OWNER_PASSWORD, name),
    async rowsWithoutScope(table) {
      const [scopeless] = await query<{ rows: number }>(
        at(username, password, name),
        `set role ${roles[0]?.rolname}; select count(*)::int as rows from ${table}`,
      )
      return scopeless?.rows ?? -1
    },
    [Symbol.asyncDispose]: () => postgres.stop(),
  }
}

async function query<Row>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const results = await client.query(text)
    const last = Array.isArray(results) ? (results as { rows: unknown[] }[]).at(-1) : results
    return (last?.rows ?? []) as Row[]
  } finally {
    await client.end()
  }
}
