import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Events by month, the keys that make each one count once, and the dimension sets that events and rollups share. */
export const eventsMigration = sqlMigration('usage/0001-events', [
  `create schema usage`,
  `grant usage on schema usage to ${APPLICATION_ROLE}`,

  // One row for each distinct combination of dimension values. The id is a hash of them: whoever knows the values
  // knows the id, without a look-up.
  `create table usage.dimension_sets (
     id uuid primary key,
     tenant_id text not null,
     provider text,
     model text,
     operation text not null,
     status text not null check (status in ('success', 'failure', 'rate_limited')),
     customer text,
     organization text,
     product text,
     feature text,
     tier text,
     environment text,
     task_type text
   )`,
  // The sets of a tenant, for filters; and the distinct tenants, one look-up each.
  `create index on usage.dimension_sets (tenant_id)`,
  ...isolateTenants('usage.dimension_sets'),
  grantToApplication('usage.dimension_sets', 'select, insert'),

  // Wide columns first: fewer gaps. A token pool that is empty is null; `input_tokens` alone is 0 then, so that it also
  // tells an event with tokens from one without (where it is null). Most pools are empty in most events.
  `create table usage.events (
     id uuid not null,
     dimension_set_id uuid not null,
     occurred_at timestamptz not null,
     recorded_at timestamptz not null,
     input_tokens bigint,
     output_tokens bigint,
     cache_read_tokens bigint,
     cache_write_5m_tokens bigint,
     cache_write_1h_tokens bigint,
     reasoning_tokens bigint,
     audio_input_tokens bigint,
     audio_output_tokens bigint,
     image_input_tokens bigint,
     image_output_tokens bigint,
     latency_ms integer,
     status_code integer,
     latency_bin smallint,
     tenant_id text not null,
     idempotency_key text not null,
     pricing_state text not null,
     cost numeric,
     reported_cost numeric,
     quantity numeric,
     price_id text,
     session_id text,
     trace_id text,
     request_id text,
     reservation_id text,
     error_message text,
     attributes jsonb,
     -- A page of a tenant's events is a stretch of this index, read backwards. An event's id leads to it too: its first
     -- 48 bits are the millisecond of occurred_at.
     primary key (tenant_id, occurred_at, id)
   ) partition by range (occurred_at)`,
  // A stretch of time over all tenants: verification, an operator's events by id. Costs next to nothing.
  `create index on usage.events using brin (occurred_at) with (pages_per_range = 32)`,
  // No insert ever fails for want of a partition at the ends of time, and the months between are a bounded number.
  `create table usage.events_before_2000 partition of usage.events for values from (minvalue) to ('2000-01-01T00:00:00Z')`,
  `create table usage.events_after_2099 partition of usage.events for values from ('2100-01-01T00:00:00Z') to (maxvalue)`,
  // Rights and policies of the parent hold for every query through it; the partitions themselves are granted to no one.
  ...isolateTenants('usage.events'),
  grantToApplication('usage.events', 'select, insert'),

  `create table usage.event_keys (
     event_id uuid not null,
     occurred_at timestamptz not null,
     occurred_at_sent boolean not null,
     tenant_id text not null,
     idempotency_key text not null,
     payload_hash bytea not null,
     primary key (tenant_id, idempotency_key)
   )`,
  ...isolateTenants('usage.event_keys'),
  grantToApplication('usage.event_keys', 'select, insert'),

  // Runs as the owner, because only an owner can make partitions. Made beside the table and then attached: that, unlike
  // "create table … partition of", does not stop readers and writers. The lock lets one of several callers make it.
  `create function usage.ensure_partition(month date) returns void
     language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
   declare
     partition_name constant text := 'events_' || to_char(month, 'YYYY_MM');
   begin
     if month <> date_trunc('month', month)::date then
       raise exception 'not the first day of a month: %', month;
     end if;
     if month < '2000-01-01' or month >= '2100-01-01' or to_regclass('usage.' || partition_name) is not null then
       return;
     end if;
     perform pg_advisory_xact_lock(hashtext('usage.ensure_partition'));
     if to_regclass('usage.' || partition_name) is not null then
       return;
     end if;
     execute format('create table usage.%I (like usage.events including defaults including constraints)', partition_name);
     execute format('alter table usage.events attach partition usage.%I for values from (%L) to (%L)',
       partition_name, month::timestamptz, (month + interval '1 month')::timestamptz);
   exception when duplicate_table then
     -- Made by another caller while this one waited for the lock: to_regclass results from a cache that a lock of this
     -- kind does not refresh. The other one has committed, so the partition is there and attached.
     null;
   end $$`,
  `revoke all on function usage.ensure_partition from public`,
  `grant execute on function usage.ensure_partition to ${APPLICATION_ROLE}`,
])
