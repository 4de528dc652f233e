import { connectionSettings, type DatabaseOwner, followConnections } from '@tollgate/postgres'
import { Logger, runMigrations } from 'graphile-worker'
import { Pool } from 'pg'

/** The PostgreSQL schema of graphile-worker's tables. Migrations refer to it. */
export const JOBS_SCHEMA = 'graphile_worker'

/** Statements that give the role `$1` what running jobs needs. */
const GRANTS = `
  select format(statement, $1::text) as statement from unnest(array[
    'grant usage on schema graphile_worker to %I',
    'grant execute on all functions in schema graphile_worker to %I',
    'grant select on graphile_worker.migrations to %I',
    'grant select, insert, update, delete on graphile_worker._private_jobs, graphile_worker._private_job_queues,
       graphile_worker._private_tasks, graphile_worker._private_known_crontabs to %I',
    'grant select on graphile_worker.jobs to %I',
    'grant usage on all sequences in schema graphile_worker to %I'
  ]) as statement
  union all
  -- The view shows its readers only what they may see.
  select 'alter view graphile_worker.jobs set (security_invoker = true)'
    from pg_class
   where oid = 'graphile_worker.jobs'::regclass and not coalesce('security_invoker=true' = any (reloptions), false)
  union all
  -- Jobs belong to several tenants, so only connections with the scope of an operator may see them. graphile-worker has
  -- enabled row-level security itself, without policies.
  select format('create policy operators_only on %s using ((select tollgate.sees_every_tenant()))', oid::regclass)
    from pg_class
   where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity
     and not exists (select from pg_policy where polrelid = pg_class.oid and polname = 'operators_only')`

/** Migrates graphile-worker's own tables, and lets the role of the server use them in the scope of an operator. */
export async function prepareJobs({ url, owner }: { readonly url: string; readonly owner: DatabaseOwner }): Promise<void> {
  const pgPool = new Pool({ ...connectionSettings(url), max: 2 })
  followConnections(pgPool) // A failed connection fails the migration, not the process.
  try {
    await runMigrations({ pgPool, schema: JOBS_SCHEMA, logger: new Logger(() => () => {}) })
  } finally {
    await pgPool.end()
  }
  for (const { statement } of await owner.query<{ statement: string }>(GRANTS, [owner.access.role])) await owner.query(statement)
}
