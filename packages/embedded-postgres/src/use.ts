import { setTimeout as delay } from 'node:timers/promises'
import { DomainError } from '@tollgate/kernel'
import type { Client } from 'pg'

/** A server already runs on this data directory. Two would not harm the data, but Ctrl-C on one would stop it for both. */
export class AlreadyServed extends DomainError<'ALREADY_SERVED'> {
  constructor(directory: string, holder: string) {
    super(
      'ALREADY_SERVED',
      `Another server already uses the data directory ${directory} (${holder}). Stop it first, or set TOLLGATE_DATA_DIR to another directory. Several servers can share one PostgreSQL through DATABASE_URL.`,
    )
  }
}

// Advisory locks, because PostgreSQL lets go of them when the process that holds them dies, however it dies.
const LOCK_CLASS = 765_510
const IN_USE = 1
const SERVED = 2

/** A server that was killed a moment ago may still hold its lock: PostgreSQL first has to see that it is gone. */
const CLAIM_ATTEMPTS = 10

/** Says that the embedded PostgreSQL is in use. At the most one process can use it as the server: throws `AlreadyServed`. */
export async function claimUse(connection: Client, { as, directory }: { as: 'server' | 'command'; directory: string }): Promise<void> {
  await connection.query('select pg_advisory_lock_shared($1, $2)', [LOCK_CLASS, IN_USE])
  if (as === 'command') return
  for (let attempt = 1; !(await tryLock(connection, SERVED)); attempt++) {
    if (attempt === CLAIM_ATTEMPTS) throw new AlreadyServed(directory, await holderOf(connection))
    await delay(100)
  }
}

/** Whether nobody else uses the embedded PostgreSQL: whoever goes last stops it. */
export function isLastUse(connection: Client): Promise<boolean> {
  // A session's own shared lock is not in its way.
  return tryLock(connection, IN_USE)
}

async function tryLock(connection: Client, lock: number): Promise<boolean> {
  const { rows } = await connection.query<{ locked: boolean }>('select pg_try_advisory_lock($1, $2) as locked', [LOCK_CLASS, lock])
  return rows[0]?.locked === true
}

async function holderOf(connection: Client): Promise<string> {
  const { rows } = await connection.query<{ holder: string }>(
    `select application_name as holder
       from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and classid = $1 and objid = $2 and granted`,
    [LOCK_CLASS, SERVED],
  )
  return rows[0]?.holder ?? 'one that is just stopping'
}
