import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Rights of the server: only the head of a log changes. */
const APPEND_ONLY = 'select, insert'

interface LogTables {
  /** Comes before the name of each table. */
  readonly prefix: string
  readonly tenantColumn: string
  /** Row-level security of a table. */
  readonly isolate: (table: string) => readonly string[]
  readonly eventOptions: string
}

/** The logs of tenants. */
const TENANT_TABLES: LogTables = {
  prefix: '',
  tenantColumn: 'tenant_id text not null',
  isolate: isolateTenants,
  eventOptions: 'partition by range (recorded_at)',
}

/** The log of the installation: the same columns, so that the same statements apply. Only operators see it. */
const INSTALLATION_TABLES: LogTables = {
  prefix: 'installation_',
  tenantColumn: `tenant_id text not null default '' check (tenant_id = '')`,
  isolate: table => [
    `alter table ${table} enable row level security`,
    `create policy operators_only on ${table} using ((select tollgate.sees_every_tenant()))`,
  ],
  eventOptions: '',
}

function createTables({ prefix, tenantColumn, isolate, eventOptions }: LogTables): string[] {
  const table = (name: string) => `audit.${prefix}${name}`
  return [
    // The end of each log. Appending locks the row, so sequences have no gaps.
    `create table ${table('heads')} (
       ${tenantColumn},
       size bigint not null,
       last_hash bytea,
       frontier bytea not null,
       last_recorded_at timestamptz,
       primary key (tenant_id)
     )`,
    `create table ${table('events')} (
       ${tenantColumn},
       sequence bigint not null,
       recorded_at timestamptz not null,
       occurred_at timestamptz not null,
       idempotency_key text not null,
       family text not null,
       action text not null,
       actor_kind text not null,
       actor_id text,
       resource_type text,
       resource_id text,
       result text not null,
       error_message text,
       request_id text,
       details jsonb,
       before jsonb,
       after jsonb,
       personal_hash bytea,
       previous_hash bytea,
       hash bytea not null,
       -- Walks a log in its order. recorded_at is here because it is the key of the partitions; it grows with the sequence.
       primary key (tenant_id, sequence, recorded_at)
     ) ${eventOptions}`,
    `create index ${prefix}events_by_time on ${table('events')} (tenant_id, occurred_at, sequence)`,
    `create index ${prefix}events_failed on ${table('events')} (tenant_id, occurred_at, sequence) where result = 'failure'`,
    `create index ${prefix}events_security on ${table('events')} (tenant_id, occurred_at, sequence) where result = 'denied' or family = 'security'`,
    // Each key counts once in its log. A repeat is compared with the hashes.
    `create table ${table('event_keys')} (
       ${tenantColumn},
       idempotency_key text not null,
       sequence bigint not null,
       occurred_at timestamptz not null,
       occurred_at_sent boolean not null,
       payload_hash bytea not null,
       personal_hash bytea,
       primary key (tenant_id, idempotency_key)
     )`,
    // Apart from the entries, which contain only a hash of it, so that it can be erased.
    `create table ${table('personal_data')} (
       ${tenantColumn},
       sequence bigint not null,
       salt bytea not null,
       data jsonb not null,
       primary key (tenant_id, sequence)
     )`,
    `create table ${table('checkpoints')} (
       ${tenantColumn},
       size bigint not null,
       created_at timestamptz not null,
       note text not null,
       frontier bytea not null,
       last_hash bytea,
       primary key (tenant_id, size, created_at)
     )`,
    grantToApplication(table('heads'), 'select, insert, update'),
    ...['events', 'event_keys', 'personal_data', 'checkpoints'].map(name => grantToApplication(table(name), APPEND_ONLY)),
    ...['heads', 'events', 'event_keys', 'personal_data', 'checkpoints'].flatMap(name => isolate(table(name))),
  ]
}

/** The logs of tenants, and the log of the installation. */
export const logsMigration = sqlMigration('audit/0001-logs', [
  `create schema audit`,
  `grant usage on schema audit to ${APPLICATION_ROLE}`,
  ...createTables(TENANT_TABLES),
  ...createTables(INSTALLATION_TABLES),
  // No insert fails for lack of a partition at the ends of time.
  `create table audit.events_before_2000 partition of audit.events for values from (minvalue) to ('2000-01-01T00:00:00Z')`,
  `create table audit.events_after_2099 partition of audit.events for values from ('2100-01-01T00:00:00Z') to (maxvalue)`,

  // Returns whether the partition existed before. Runs as the owner, because only an owner can create partitions. The
  // partition is created beside the table and then attached, which does not stop readers and writers. The lock lets
  // one of several callers create it.
  `create function audit.ensure_partition(month date) returns boolean
     language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
   declare
     partition_name constant text := 'events_' || to_char(month, 'YYYY_MM');
   begin
     if month <> date_trunc('month', month)::date then
       raise exception 'not the first day of a month: %', month;
     end if;
     if month < '2000-01-01' or month >= '2100-01-01' or to_regclass('audit.' || partition_name) is not null then
       return true;
     end if;
     perform pg_advisory_xact_lock(hashtext('audit.ensure_partition'));
     if to_regclass('audit.' || partition_name) is not null then
       return true;
     end if;
     execute format('create table audit.%I (like audit.events including defaults including constraints)', partition_name);
     execute format('alter table audit.events attach partition audit.%I for values from (%L) to (%L)',
       partition_name, month::timestamptz, (month + interval '1 month')::timestamptz);
     return false;
   exception when duplicate_table then
     -- Another caller created it while this one waited for the lock, and has committed.
     return true;
   end $$`,
  `revoke all on function audit.ensure_partition from public`,
  `grant execute on function audit.ensure_partition to ${APPLICATION_ROLE}`,
])
