import { Client } from 'pg'

/** Cancels what the connections of a process are doing, by their name in PostgreSQL: their statements fail, and their transactions are rolled back. */
export async function cancelStatements({ url, applicationName }: { readonly url: string; readonly applicationName: string }): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.query(`select pg_cancel_backend(pid) from pg_stat_activity where application_name = $1 and state = 'active'`, [applicationName])
  } catch {
    // The database is gone: there is nothing to cancel.
  } finally {
    await client.end().catch(() => {})
  }
}
