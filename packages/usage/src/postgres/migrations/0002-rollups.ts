import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Sums of events by hour and by day (UTC), tenant and dimension set. */
export const rollupsMigration = sqlMigration('usage/0002-rollups', [
  ...['hourly', 'daily'].flatMap(unit => [
    `create table usage.rollups_${unit} (
       dimension_set_id uuid not null,
       bucket_start timestamptz not null,
       calls bigint not null,
       unpriced_calls bigint not null,
       input_tokens bigint not null,
       output_tokens bigint not null,
       cache_read_tokens bigint not null,
       cache_write_5m_tokens bigint not null,
       cache_write_1h_tokens bigint not null,
       reasoning_tokens bigint not null,
       audio_input_tokens bigint not null,
       audio_output_tokens bigint not null,
       image_input_tokens bigint not null,
       image_output_tokens bigint not null,
       latency_count bigint not null,
       latency_sum_ms bigint not null,
       -- How many of latency_count are in the latencies table; the others are in latency_tail.
       latencies_moved bigint not null default 0,
       tenant_id text not null,
       cost numeric not null,
       reported_cost numeric not null,
       quantity numeric not null,
       latency_tail bigint[] not null,
       -- A tenant's range of time is a stretch of this index; writers upsert in its order, so that they cannot deadlock.
       primary key (tenant_id, bucket_start, dimension_set_id)
     ) with (
       -- Rows are updated many times while their hour is young: room on the page spares the indexes (HOT).
       fillfactor = 50,
       autovacuum_vacuum_scale_factor = 0.05
     )`,
    // Latencies are counted in bins (`latencyBin`). A bin and its count share a bigint: bin * 2^40 + count, where
    // "shift right by 40" gives the bin, also a negative one. A busy set has hundreds of bins, too many to rewrite with
    // each batch. So new ones are appended to the rollup's short latency_tail, and a full tail is appended to the bins
    // here, which are merged when they have become many. The latencies of a bucket are both together; a bin may be in
    // them several times, with a part of its count each.
    `create table usage.latencies_${unit} (
       dimension_set_id uuid not null,
       bucket_start timestamptz not null,
       tenant_id text not null,
       bins bigint[] not null,
       primary key (tenant_id, bucket_start, dimension_set_id)
     ) with (
       fillfactor = 50,
       -- In line up to the size of a page, and not compressed: they are rewritten too often for that to pay.
       toast_tuple_target = 8160
     )`,
    `alter table usage.latencies_${unit} alter column bins set storage external`,
    ...[`usage.rollups_${unit}`, `usage.latencies_${unit}`].flatMap(table => [
      // One day over all tenants, for verification and rebuild; updates need not touch it.
      `create index on ${table} using brin (bucket_start) with (pages_per_range = 32)`,
      ...isolateTenants(table),
      // Not delete: rollups are made anew by a function only, from the events.
      grantToApplication(table, 'select, insert, update'),
    ]),
  ]),

  // In plpgsql, which keeps its plan: a function in SQL is read and considered for inlining by every statement anew.
  `create function usage.merge_latency_bins(bins bigint[]) returns bigint[]
     immutable parallel safe language plpgsql set search_path = pg_catalog, pg_temp as $$
   begin
     return (
       select coalesce(array_agg((bin << 40) + count order by bin), '{}')
       from (
         select packed >> 40 as bin, sum(packed & ((1::bigint << 40) - 1))::bigint as count
         from unnest(bins) as packed
         group by 1
       ) as merged
     );
   end $$`,
  `grant execute on function usage.merge_latency_bins to ${APPLICATION_ROLE}`,
])
