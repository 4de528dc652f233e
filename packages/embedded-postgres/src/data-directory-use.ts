import { setTimeout as delay } from 'node:timers/promises'
import { DomainError } from '@tollgate/kernel'
import type { Client } from 'pg'

/** Another server already uses the data directory. Two would not harm the data, but Ctrl-C on one would stop PostgreSQL for both. */
export class AlreadyServed extends DomainError<'ALREADY_SERVED'> {
  constructor(directory: string, holder: string) {
    super(
      'ALREADY_SERVED',
      `Another server already uses the data directory ${directory} (${holder}). Stop it first, or set TOLLGATE_DATA_DIR to another directory. Several servers can share one PostgreSQL through DATABASE_URL.`,
    )
  }
}

// Advisory locks, because PostgreSQL releases them when the process that holds them dies.
const LOCK_CLASS = 765_510
const IN_USE = 1
const SERVED = 2

/** PostgreSQL may need a moment to notice that a killed server is gone and to release its lock. */
const MAX_ATTEMPTS = 10

/**
 * Marks the data directory as used, for as long as the connection is open. Any number of commands can use it, and one
 * server: throws `AlreadyServed` for a second one.
 */
export async function claimDataDirectory(connection: Client, { as, directory }: { as: 'server' | 'command'; directory: string }): Promise<void> {
  await connection.query('select pg_advisory_lock_shared($1, $2)', [LOCK_CLASS, IN_USE])
  if (as === 'command') return
  for (let attempt = 1; !(await tryLock(connection, SERVED)); attempt++) {
    if (attempt === MAX_ATTEMPTS) throw new AlreadyServed(directory, await serverName(connection))
    await delay(100)
  }
}

/** Reports whether no other process uses the data directory. The last one stops PostgreSQL. */
export function isLastUser(connection: Client): Promise<boolean> {
  // The session's own shared lock does not conflict.
  return tryLock(connection, IN_USE)
}

async function tryLock(connection: Client, lock: number): Promise<boolean> {
  const { rows } = await connection.query<{ locked: boolean }>('select pg_try_advisory_lock($1, $2) as locked', [LOCK_CLASS, lock])
  return rows[0]?.locked === true
}

async function serverName(connection: Client): Promise<string> {
  const { rows } = await connection.query<{ holder: string }>(
    `select application_name as holder
       from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and classid = $1 and objid = $2 and granted`,
    [LOCK_CLASS, SERVED],
  )
  return rows[0]?.holder ?? 'a server that is stopping'
}
