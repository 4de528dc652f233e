import type { Pool, PoolClient } from 'pg'

/**
 * Of a server that was killed, jobs stay locked: graphile-worker lets go of them after four hours. PostgreSQL knows
 * sooner. Each pool of workers names the connection that it listens on; a lock whose holder has no connection is dead.
 * A server that has lost just that connection, and takes long to get it back, loses the jobs that run too: they run twice.
 */
const UNLOCK = `
  with dead as (
    select distinct locked_by from graphile_worker.jobs
    where locked_at < now() - interval '5 seconds' -- A pool that has just connected may not have told its name yet.
      and not exists (select from pg_stat_activity where application_name = $1 || locked_by)
  )
  select count(*)::int as holders, graphile_worker.force_unlock_workers(array_agg(locked_by)) from dead having count(*) > 0`

const NAME = 'tollgate jobs '

/** Names the connection after the pool of workers that listens on it. */
export async function nameConnection(connection: PoolClient, workerPoolId: string): Promise<void> {
  await connection.query(`select set_config('application_name', $1, false)`, [NAME + workerPoolId])
}

/** Lets others have the jobs that dead servers held. Answers how many pools of workers were dead. */
export async function releaseDeadLocks(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ holders: number }>(UNLOCK, [NAME])
  return rows[0]?.holders ?? 0
}
