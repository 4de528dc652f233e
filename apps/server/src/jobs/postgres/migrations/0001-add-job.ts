import { APPLICATION_ROLE, sqlMigration } from '@tollgate/postgres'

/** Lets the application role add jobs, in the transaction that is the reason for them, without rights on graphile-worker's tables. */
export const addJobMigration = sqlMigration('jobs/0001-add-job', [
  `create schema jobs`,
  `grant usage on schema jobs to ${APPLICATION_ROLE}`,
  // A job of a key replaces the one of that key that has not begun. Of a group, a server runs a few at a time (`groupConcurrency`).
  // The body in PL/pgSQL: it is not looked at before it is called, and graphile-worker makes its tables after ours.
  `create function jobs.add_job(name text, payload json, key text, job_group text, after_ms bigint, attempts integer) returns void
     language plpgsql security definer set search_path = '' as $$
     begin
       perform graphile_worker.add_job(identifier => name, payload => payload, job_key => key, flags => case when job_group is not null then array[job_group] end,
         run_at => now() + after_ms * interval '1 millisecond', max_attempts => attempts);
     end $$`,
  `revoke all on function jobs.add_job from public`,
  `grant execute on function jobs.add_job to ${APPLICATION_ROLE}`,
])
