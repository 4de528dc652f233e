import { setTimeout as delay } from 'node:timers/promises'
import { DomainError } from '@tollgate/kernel'
import type { Client } from 'pg'

/** The advisory lock of migrations. */
export const MIGRATION_LOCK = 7_655_104_231
const FIRST_PAUSE_MS = 20
const MAX_PAUSE_MS = 200
/** Most waits are for a process that finds nothing to do, and end sooner. */
const REPORT_AFTER_MS = 2_000
const REPORT_EVERY_MS = 5_000

/** Another process migrated the database for longer than this one waits. */
export class MigrationLockTimeout extends DomainError<'MIGRATION_LOCK_TIMEOUT'> {
  constructor(seconds: number, holder: string) {
    super(
      'MIGRATION_LOCK_TIMEOUT',
      `The database was still being migrated after ${seconds} s, by ${holder}. If that is not a migration in progress, end it with pg_terminate_backend and start again. ` +
        'For long migrations, raise TOLLGATE_MIGRATION_WAIT_SECONDS.',
    )
  }
}

/** Options of waiting for the lock. */
export interface LockWait {
  /** Maximum wait in milliseconds. Defaults to 10 minutes. */
  readonly timeoutMs?: number
  /** Called after two seconds of waiting, and then every five, with the holder of the lock, for people. */
  readonly onWait?: (holder: string) => void
}

/**
 * Locks the database against other migrations until the transaction of this connection ends, which it does when the
 * connection or its process dies. A lock of a session would stay behind in the pool of a pooler.
 */
export async function lockMigrations(connection: Client, { timeoutMs = 600_000, onWait = () => {} }: LockWait): Promise<void> {
  await connection.query('begin')
  await connection.query('set local idle_in_transaction_session_timeout = 0')
  const start = performance.now()
  let reportAt = start + REPORT_AFTER_MS
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
    const { rows } = await connection.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1) as locked', [MIGRATION_LOCK])
    if (rows[0]?.locked === true) return
    const now = performance.now()
    if (now - start >= timeoutMs) throw new MigrationLockTimeout(Math.round(timeoutMs / 1_000), await lockHolder(connection))
    if (now >= reportAt) {
      onWait(await lockHolder(connection))
      reportAt = now + REPORT_EVERY_MS
    }
    await delay(pauseMs)
  }
}

async function lockHolder(connection: Client): Promise<string> {
  const { rows } = await connection.query<{ holder: string }>(
    `select format('"%s" (process %s of PostgreSQL, user %s%s, for %s s)', coalesce(nullif(application_name, ''), 'unnamed'), pid, usename,
              ' at ' || client_addr, extract(epoch from clock_timestamp() - xact_start)::int) as holder
       from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
        and objsubid = 1 and (classid::bigint << 32) | objid::bigint = $1`,
    [MIGRATION_LOCK],
  )
  return rows[0]?.holder ?? 'a process that is ending'
}
