import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

const SUMMED_TABLES = ['usage.correction_rollups_hourly', 'usage.correction_rollups_daily']

/** Corrections of what events cost, the runs that made them, and their sums beside those of the events. */
export const reratingMigration = sqlMigration('usage/0006-rerating', [
  `create table usage.rating_runs (
     id uuid primary key,
     -- Who works on it. Another claim takes it over: a step is written only under the claim that it was begun with.
     claim uuid not null,
     state text not null check (state in ('running', 'completed', 'interrupted', 'failed', 'cancelled')),
     requested_by text not null,
     reason text not null,
     range_from timestamptz not null,
     range_to timestamptz not null,
     -- Null for every tenant: only an operator sees the run then.
     tenant_id text,
     provider text,
     model text,
     unpriced_only boolean not null,
     -- Where to go on, as the reader of events wrote it; null before the first step.
     cursor text,
     started_at timestamptz not null,
     advanced_at timestamptz not null,
     finished_at timestamptz,
     failure text,
     events_total bigint not null,
     events_read bigint not null default 0,
     events_changed bigint not null default 0,
     newly_priced bigint not null default 0,
     newly_unpriced bigint not null default 0,
     old_cost numeric not null default 0,
     new_cost numeric not null default 0,
     check (range_from < range_to)
   )`,
  // The few that are at work, held against each new one.
  `create index on usage.rating_runs (state) where state = 'running'`,
  ...isolateTenants('usage.rating_runs'),
  grantToApplication('usage.rating_runs', 'select, insert, update'),

  // Never updated: an event's last version says what it costs. The differences of all versions add up to that of the
  // last against the event, so sums need neither the event nor to know which version is the last.
  `create table usage.cost_corrections (
     event_id uuid not null,
     run_id uuid not null,
     dimension_set_id uuid not null,
     occurred_at timestamptz not null,
     corrected_at timestamptz not null,
     version integer not null check (version > 0),
     tenant_id text not null,
     old_state text not null,
     new_state text not null,
     old_price_id text,
     new_price_id text,
     old_cost numeric,
     new_cost numeric,
     -- Leads from an event to its corrections. Two that were made from the same state of an event cannot both be.
     primary key (event_id, version)
   )`,
  // A tenant's stretch of time: the ragged edges of a range.
  `create index on usage.cost_corrections (tenant_id, occurred_at)`,
  // A stretch of time over all tenants: verification, and the edges of an operator's range.
  `create index on usage.cost_corrections using brin (occurred_at)`,
  // What a run did.
  `create index on usage.cost_corrections (run_id)`,
  ...isolateTenants('usage.cost_corrections'),
  grantToApplication('usage.cost_corrections', 'select, insert'),

  // What corrections add to the rollups of the same hour or day, tenant and dimension set. Beside them, so that sums as
  // recorded stay as they were, and ingest does not meet a run's locks.
  ...SUMMED_TABLES.flatMap(table => [
    `create table ${table} (
       dimension_set_id uuid not null,
       bucket_start timestamptz not null,
       unpriced_calls bigint not null,
       tenant_id text not null,
       cost numeric not null,
       primary key (tenant_id, bucket_start, dimension_set_id)
     ) with (fillfactor = 70)`,
    `create index on ${table} (bucket_start)`,
    ...isolateTenants(table),
    grantToApplication(table, 'select, insert, update'),
  ]),

  // What the sums must say, computed from the corrections.
  `create function usage.sum_corrections(unit text, range_from timestamptz, range_to timestamptz) returns setof usage.correction_rollups_hourly
     stable language sql set search_path = pg_catalog, pg_temp
   begin atomic
     select dimension_set_id, date_trunc(unit, occurred_at, 'UTC'),
       sum((new_state = 'unpriced')::integer - (old_state = 'unpriced')::integer)::bigint,
       tenant_id,
       sum(coalesce(new_cost, 0) - coalesce(old_cost, 0))
     from usage.cost_corrections
     where occurred_at >= range_from and occurred_at < range_to
     group by tenant_id, date_trunc(unit, occurred_at, 'UTC'), dimension_set_id;
   end`,
  `grant execute on function usage.sum_corrections to ${APPLICATION_ROLE}`,

  // Like usage.rebuild_rollups, and right for the same reasons: a run locks these tables, in this order, before the
  // snapshot of the statement in which it writes corrections and their sums together.
  `create function usage.rebuild_correction_rollups(day timestamptz) returns void
     language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
   declare
     next_day constant timestamptz := day + interval '24 hours';
   begin
     if current_setting('transaction_isolation') <> 'read committed' then
       raise exception 'rollups can be rebuilt in "read committed" only';
     end if;
     if day <> date_trunc('day', day, 'UTC') then
       raise exception 'not the start of a day in UTC: %', day;
     end if;
     lock table usage.correction_rollups_hourly in share row exclusive mode;
     lock table usage.correction_rollups_daily in share row exclusive mode;
     delete from usage.correction_rollups_hourly where bucket_start >= day and bucket_start < next_day;
     delete from usage.correction_rollups_daily where bucket_start >= day and bucket_start < next_day;
     insert into usage.correction_rollups_hourly select * from usage.sum_corrections('hour', day, next_day);
     insert into usage.correction_rollups_daily select * from usage.sum_corrections('day', day, next_day);
   end $$`,
  `revoke all on function usage.rebuild_correction_rollups from public`,
  `grant execute on function usage.rebuild_correction_rollups to ${APPLICATION_ROLE}`,
])
