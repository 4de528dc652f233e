import type { Pool, PoolClient } from 'pg'

/**
 * graphile-worker keeps the jobs of a killed server locked for four hours. PostgreSQL knows sooner: each worker pool
 * names the connection on which it listens, so a lock whose pool has no connection is abandoned. A server that loses only
 * this connection, and reconnects slowly, loses the locks of its running jobs too: those jobs run twice.
 */
const UNLOCK = `
  with abandoned as (
    select distinct locked_by from graphile_worker.jobs
    where locked_at < now() - interval '5 seconds' -- A pool that has just connected may not have named its connection yet.
      and not exists (select from pg_stat_activity where application_name = $1 || locked_by)
  )
  select count(*)::int as pools, graphile_worker.force_unlock_workers(array_agg(locked_by)) from abandoned having count(*) > 0`

const NAME = 'tollgate jobs '

/** Names the connection after the worker pool that listens on it. */
export async function nameConnection(connection: PoolClient, workerPoolId: string): Promise<void> {
  await connection.query(`select set_config('application_name', $1, false)`, [NAME + workerPoolId])
}

/** Releases the locks of worker pools that are gone. Returns the number of these pools. */
export async function releaseAbandonedLocks(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ pools: number }>(UNLOCK, [NAME])
  return rows[0]?.pools ?? 0
}
