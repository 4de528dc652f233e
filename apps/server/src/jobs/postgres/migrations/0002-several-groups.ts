import { APPLICATION_ROLE, sqlMigration } from '@tollgate/postgres'

/** A job may be of several groups, of each of which a server runs a few at a time: of one receiver, and of one who has many. */
export const severalGroupsMigration = sqlMigration('jobs/0002-several-groups', [
  `drop function jobs.add_job(text, json, text, text, bigint, integer)`,
  `create function jobs.add_job(name text, payload json, key text, job_groups text[], after_ms bigint, attempts integer) returns void
     language plpgsql security definer set search_path = '' as $$
     begin
       perform graphile_worker.add_job(identifier => name, payload => payload, job_key => key, flags => job_groups,
         run_at => now() + after_ms * interval '1 millisecond', max_attempts => attempts);
     end $$`,
  `revoke all on function jobs.add_job from public`,
  `grant execute on function jobs.add_job to ${APPLICATION_ROLE}`,
])
