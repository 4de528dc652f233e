import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

const POOLS = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'reasoning_tokens',
  'audio_input_tokens',
  'audio_output_tokens',
  'image_input_tokens',
  'image_output_tokens',
]
const COUNTS = ['calls', 'unpriced_calls', ...POOLS, 'latency_count', 'latency_sum_ms', 'latencies_moved']
const UNITS = [
  { table: 'hourly', unit: 'hour' },
  { table: 'daily', unit: 'day' },
]

/**
 * Units besides tokens, rare token pools, how an event was served and why it is unpriced; and token sums of any size.
 * Rewrites the rollups, not the events.
 */
export const detailsMigration = sqlMigration('usage/0010-details', [
  // Null in nearly all events. Every partition gets the columns, and no row is rewritten.
  `alter table usage.events
     -- Number of tokens by name of the pool, such as {"videoInput": 1200}.
     add column other_tokens jsonb,
     -- A list of {"kind", "quantity", "variant"}. The quantity is a text, the variant may be missing.
     add column units jsonb,
     add column speed text,
     add column region text,
     add column unpriced_reason text`,
  `alter table usage.cost_corrections add column old_reason text, add column new_reason text`,

  // Sums of tokens are numeric: nine million events of the largest size would be more than a bigint holds.
  ...UNITS.map(
    ({ table }) =>
      `alter table usage.rollups_${table} ${POOLS.map(pool => `alter column ${pool} type numeric`).join(', ')}, add column other_tokens numeric not null default 0`,
  ),

  // What few events have, beside the rollup row of the same hour or day, tenant and dimension set. Writers have locked
  // that row before. The measure is "tokens" (by rare pool), "units" (by kind and variant) or "unpriced_calls" (by
  // reason); the variant is empty if there is none.
  ...UNITS.flatMap(({ table }) => [
    `create table usage.rollup_details_${table} (
       dimension_set_id uuid not null,
       bucket_start timestamptz not null,
       tenant_id text not null,
       measure text not null check (measure in ('tokens', 'units', 'unpriced_calls')),
       name text not null,
       variant text not null,
       quantity numeric not null,
       primary key (tenant_id, bucket_start, dimension_set_id, measure, name, variant)
     ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05)`,
    // What corrections change of the unpriced calls.
    `create table usage.correction_details_${table} (
       dimension_set_id uuid not null,
       bucket_start timestamptz not null,
       tenant_id text not null,
       reason text not null,
       unpriced_calls bigint not null,
       primary key (tenant_id, bucket_start, dimension_set_id, reason)
     ) with (fillfactor = 70)`,
    ...[`usage.rollup_details_${table}`, `usage.correction_details_${table}`].flatMap(details => [
      // One day of all tenants, for verification and rebuild.
      `create index on ${details} using brin (bucket_start) with (pages_per_range = 32)`,
      ...isolateTenants(details),
      grantToApplication(details, 'select, insert, update'),
    ]),
  ]),

  // The details of one event. Written so that PostgreSQL inlines it.
  `create function usage.event_details(other_tokens jsonb, units jsonb, unpriced_reason text)
     returns table (measure text, name text, variant text, quantity numeric)
     immutable language sql
   begin atomic
     select 'tokens', pool.name, '', pool.tokens::numeric from jsonb_each_text(other_tokens) as pool (name, tokens)
     union all
     select 'units', unit.kind, coalesce(unit.variant, ''), unit.quantity
     from jsonb_to_recordset(coalesce(units, '[]')) as unit (kind text, variant text, quantity numeric)
     union all
     select 'unpriced_calls', unpriced_reason, '', 1 where unpriced_reason is not null;
   end`,
  `grant execute on function usage.event_details to ${APPLICATION_ROLE}`,

  // The sum of all rare pools of one event.
  `create function usage.sum_other_tokens(other_tokens jsonb) returns numeric
     immutable language sql
   begin atomic
     select coalesce(sum(pool.tokens::numeric), 0) from jsonb_each_text(other_tokens) as pool (name, tokens);
   end`,
  `grant execute on function usage.sum_other_tokens to ${APPLICATION_ROLE}`,

  // Replaces the function of 0003: with the new columns, and token sums of any size.
  `create or replace function usage.sum_events(unit text, range_from timestamptz, range_to timestamptz) returns setof usage.rollups_hourly
     stable language sql set search_path = pg_catalog, pg_temp
   begin atomic
     with by_bin as (
       select tenant_id, date_trunc(unit, occurred_at, 'UTC') as bucket_start, dimension_set_id, latency_bin,
         count(*) as calls,
         count(*) filter (where pricing_state = 'unpriced') as unpriced_calls,
         ${POOLS.map(pool => `sum(${pool}) as ${pool},`).join('\n         ')}
         sum(usage.sum_other_tokens(other_tokens)) filter (where other_tokens is not null) as other_tokens,
         sum(latency_ms) as latency_sum_ms,
         sum(cost) as cost,
         sum(reported_cost) as reported_cost,
         sum(quantity) as quantity
       from usage.events
       where occurred_at >= range_from and occurred_at < range_to
       group by 1, 2, 3, 4
     )
     select dimension_set_id, bucket_start,
       sum(calls)::bigint,
       sum(unpriced_calls)::bigint,
       ${POOLS.map(pool => `coalesce(sum(${pool}), 0),`).join('\n       ')}
       coalesce(sum(calls) filter (where latency_bin is not null), 0)::bigint,
       coalesce(sum(latency_sum_ms), 0)::bigint,
       coalesce(sum(calls) filter (where latency_bin is not null), 0)::bigint,
       tenant_id,
       coalesce(sum(cost), 0),
       coalesce(sum(reported_cost), 0),
       coalesce(sum(quantity), 0),
       coalesce(array_agg((latency_bin::bigint << 40) + calls order by latency_bin) filter (where latency_bin is not null), '{}'),
       coalesce(sum(other_tokens), 0)
     from by_bin
     group by tenant_id, bucket_start, dimension_set_id;
   end`,
  `create function usage.sum_event_details(unit text, range_from timestamptz, range_to timestamptz) returns setof usage.rollup_details_hourly
     stable language sql set search_path = pg_catalog, pg_temp
   begin atomic
     select dimension_set_id, date_trunc(unit, occurred_at, 'UTC'), tenant_id, detail.measure, detail.name, detail.variant, sum(detail.quantity)
     from usage.events cross join lateral usage.event_details(other_tokens, units, unpriced_reason) as detail
     where occurred_at >= range_from and occurred_at < range_to
       and (other_tokens is not null or units is not null or unpriced_reason is not null)
     group by tenant_id, date_trunc(unit, occurred_at, 'UTC'), dimension_set_id, detail.measure, detail.name, detail.variant;
   end`,
  `grant execute on function usage.sum_event_details to ${APPLICATION_ROLE}`,
  `create function usage.sum_correction_details(unit text, range_from timestamptz, range_to timestamptz) returns setof usage.correction_details_hourly
     stable language sql set search_path = pg_catalog, pg_temp
   begin atomic
     select dimension_set_id, date_trunc(unit, occurred_at, 'UTC'), tenant_id, change.reason, sum(change.calls)::bigint
     from usage.cost_corrections cross join lateral (values (old_reason, -1), (new_reason, 1)) as change (reason, calls)
     where occurred_at >= range_from and occurred_at < range_to and change.reason is not null
     group by tenant_id, date_trunc(unit, occurred_at, 'UTC'), dimension_set_id, change.reason;
   end`,
  `grant execute on function usage.sum_correction_details to ${APPLICATION_ROLE}`,

  // Like the function of 0003, and safe for the same reasons. Details need no lock of their own: a writer adds to them
  // after it has locked the rollups.
  `create or replace function usage.rebuild_rollups(day timestamptz) returns void
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
     lock table usage.rollups_hourly in share row exclusive mode;
     lock table usage.rollups_daily in share row exclusive mode;
     ${UNITS.map(({ table, unit }) => rebuild(table, unit)).join('\n     ')}
   end $$`,
  `create or replace function usage.rebuild_correction_rollups(day timestamptz) returns void
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
     ${UNITS.map(
       ({ table, unit }) => `delete from usage.correction_rollups_${table} where bucket_start >= day and bucket_start < next_day;
     delete from usage.correction_details_${table} where bucket_start >= day and bucket_start < next_day;
     insert into usage.correction_rollups_${table} select * from usage.sum_corrections('${unit}', day, next_day);
     insert into usage.correction_details_${table} select * from usage.sum_correction_details('${unit}', day, next_day);`,
     ).join('\n     ')}
   end $$`,
])

function rebuild(table: string, unit: string): string {
  const columns = `dimension_set_id, bucket_start, ${COUNTS.join(', ')}, tenant_id, cost, reported_cost, quantity, other_tokens`
  return `delete from usage.rollups_${table} where bucket_start >= day and bucket_start < next_day;
     delete from usage.latencies_${table} where bucket_start >= day and bucket_start < next_day;
     delete from usage.rollup_details_${table} where bucket_start >= day and bucket_start < next_day;
     with sums as materialized (
       select * from usage.sum_events('${unit}', day, next_day)
     ), latencies as (
       insert into usage.latencies_${table} (dimension_set_id, bucket_start, tenant_id, bins)
       select dimension_set_id, bucket_start, tenant_id, latency_tail from sums where latency_tail <> '{}'
     )
     insert into usage.rollups_${table} (${columns}, latency_tail) select ${columns}, '{}' from sums;
     insert into usage.rollup_details_${table} select * from usage.sum_event_details('${unit}', day, next_day);`
}
