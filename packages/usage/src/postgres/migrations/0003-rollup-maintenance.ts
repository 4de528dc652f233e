import { APPLICATION_ROLE, sqlMigration } from '@tollgate/postgres'

/** What rollups must say, computed from the events; and the one way to replace them. */
export const rollupMaintenanceMigration = sqlMigration('usage/0003-rollup-maintenance', [
  // Sums by hour or by day (`unit`), in the shape of a rollup with all its latencies in one array. First by bin too, so
  // that each bin is counted once.
  `create function usage.sum_events(unit text, range_from timestamptz, range_to timestamptz) returns setof usage.rollups_hourly
     stable language sql set search_path = pg_catalog, pg_temp
   begin atomic
     with by_bin as (
       select tenant_id, date_trunc(unit, occurred_at, 'UTC') as bucket_start, dimension_set_id, latency_bin,
         count(*) as calls,
         count(*) filter (where pricing_state = 'unpriced') as unpriced_calls,
         sum(input_tokens) as input_tokens,
         sum(output_tokens) as output_tokens,
         sum(cache_read_tokens) as cache_read_tokens,
         sum(cache_write_5m_tokens) as cache_write_5m_tokens,
         sum(cache_write_1h_tokens) as cache_write_1h_tokens,
         sum(reasoning_tokens) as reasoning_tokens,
         sum(audio_input_tokens) as audio_input_tokens,
         sum(audio_output_tokens) as audio_output_tokens,
         sum(image_input_tokens) as image_input_tokens,
         sum(image_output_tokens) as image_output_tokens,
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
       coalesce(sum(input_tokens), 0)::bigint,
       coalesce(sum(output_tokens), 0)::bigint,
       coalesce(sum(cache_read_tokens), 0)::bigint,
       coalesce(sum(cache_write_5m_tokens), 0)::bigint,
       coalesce(sum(cache_write_1h_tokens), 0)::bigint,
       coalesce(sum(reasoning_tokens), 0)::bigint,
       coalesce(sum(audio_input_tokens), 0)::bigint,
       coalesce(sum(audio_output_tokens), 0)::bigint,
       coalesce(sum(image_input_tokens), 0)::bigint,
       coalesce(sum(image_output_tokens), 0)::bigint,
       coalesce(sum(calls) filter (where latency_bin is not null), 0)::bigint,
       coalesce(sum(latency_sum_ms), 0)::bigint,
       coalesce(sum(calls) filter (where latency_bin is not null), 0)::bigint,
       tenant_id,
       coalesce(sum(cost), 0),
       coalesce(sum(reported_cost), 0),
       coalesce(sum(quantity), 0),
       coalesce(array_agg((latency_bin::bigint << 40) + calls order by latency_bin) filter (where latency_bin is not null), '{}')
     from by_bin
     group by tenant_id, bucket_start, dimension_set_id;
   end`,
  `grant execute on function usage.sum_events to ${APPLICATION_ROLE}`,

  // Neither loses nor doubles what is being committed meanwhile. A commit inserts its events before it adds to the
  // hourly rollup, then the daily one, which locks these tables (row exclusive) until its end; the lock taken here
  // excludes that. So when it is granted, each commit in progress is one of two kinds. It has not added yet: its events
  // are not visible to the statements below, and it adds to their result when the lock is gone. Or it had added, and
  // has ended, because the lock waited for it: its events are visible, as each statement here takes its own snapshot,
  // after the lock. That is so in "read committed" only. The tables are locked in the order in which commits do. The
  // latencies need no lock of their own: who writes them has locked their rollup.
  // As the owner, because the application may not delete from rollups; it can only have them made from the events.
  `create function usage.rebuild_rollups(day timestamptz) returns void
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
     delete from usage.rollups_hourly where bucket_start >= day and bucket_start < next_day;
     delete from usage.rollups_daily where bucket_start >= day and bucket_start < next_day;
     delete from usage.latencies_hourly where bucket_start >= day and bucket_start < next_day;
     delete from usage.latencies_daily where bucket_start >= day and bucket_start < next_day;
     with sums as materialized (
       select * from usage.sum_events('hour', day, next_day)
     ), latencies as (
       insert into usage.latencies_hourly (dimension_set_id, bucket_start, tenant_id, bins)
       select dimension_set_id, bucket_start, tenant_id, latency_tail from sums where latency_tail <> '{}'
     )
     insert into usage.rollups_hourly
     select dimension_set_id, bucket_start, calls, unpriced_calls,
         input_tokens, output_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
         reasoning_tokens, audio_input_tokens, audio_output_tokens, image_input_tokens, image_output_tokens,
         latency_count, latency_sum_ms, latencies_moved, tenant_id, cost, reported_cost, quantity, '{}'
     from sums;
     with sums as materialized (
       select * from usage.sum_events('day', day, next_day)
     ), latencies as (
       insert into usage.latencies_daily (dimension_set_id, bucket_start, tenant_id, bins)
       select dimension_set_id, bucket_start, tenant_id, latency_tail from sums where latency_tail <> '{}'
     )
     insert into usage.rollups_daily
     select dimension_set_id, bucket_start, calls, unpriced_calls,
         input_tokens, output_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens,
         reasoning_tokens, audio_input_tokens, audio_output_tokens, image_input_tokens, image_output_tokens,
         latency_count, latency_sum_ms, latencies_moved, tenant_id, cost, reported_cost, quantity, '{}'
     from sums;
   end $$`,
  `revoke all on function usage.rebuild_rollups from public`,
  `grant execute on function usage.rebuild_rollups to ${APPLICATION_ROLE}`,
])
