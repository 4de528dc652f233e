import { connectionSettings } from '@tollgate/postgres'
import { Client } from 'pg'

/** Cancels the statements that run on a process's connections, found by application name. Their transactions are rolled back. */
export async function cancelStatements({ url, applicationName }: { readonly url: string; readonly applicationName: string }): Promise<void> {
  const client = new Client({ ...connectionSettings(url), connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.query(`select pg_cancel_backend(pid) from pg_stat_activity where application_name = $1 and state = 'active'`, [applicationName])
  } catch {
    // The database is down, so there is nothing to cancel.
  } finally {
    await client.end().catch(() => {})
  }
}
