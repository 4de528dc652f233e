import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Rules, with the numbers that ship; how alerts stand; what happened; and what is kept of quota alerts. */
export const alertsMigration = sqlMigration('alerts/0001-alerts', [
  `create schema alerts`,
  `grant usage on schema alerts to ${APPLICATION_ROLE}`,

  // A rule's row is locked by whoever evaluates it, so that each instant is evaluated once, by one server.
  `create table alerts.rules (
     kind text not null,
     scope text not null check (scope in ('TENANT', 'INSTALLATION')),
     enabled boolean not null,
     threshold numeric not null,
     recover_ratio numeric not null,
     window_minutes integer not null,
     minimum_calls integer,
     raise_after integer not null,
     recover_after integer not null,
     revision bigint not null default 1,
     changed_at timestamptz,
     evaluated_at timestamptz,
     pending_since timestamptz,
     primary key (kind, scope)
   )`,
  `insert into alerts.rules (kind, scope, enabled, threshold, recover_ratio, window_minutes, minimum_calls, raise_after, recover_after) values
     ('QUOTA_EXCEEDED',      'TENANT',       true,  0,    0.8, 1440, null, 1, 1),
     ('LATENCY_P99',         'TENANT',       true,  5000, 0.8, 15,   20,   2, 3),
     ('LATENCY_P99',         'INSTALLATION', false, 5000, 0.8, 15,   20,   2, 3),
     ('ERROR_RATE',          'TENANT',       true,  0.05, 0.8, 15,   20,   1, 3),
     ('ERROR_RATE',          'INSTALLATION', false, 0.05, 0.8, 15,   20,   1, 3),
     ('COST_ANOMALY',        'TENANT',       true,  2,    0.8, 1440, 20,   1, 3),
     ('COST_ANOMALY',        'INSTALLATION', false, 2,    0.8, 1440, 20,   1, 3),
     ('VERIFICATION_FAILED', 'INSTALLATION', true,  0,    0.8, 1440, null, 1, 1)`,
  grantToApplication('alerts.rules', 'select, update'),
  ...operatorsOnly('alerts.rules'),

  `create table alerts.tenant_thresholds (
     kind text not null,
     tenant_id text not null,
     threshold numeric not null,
     primary key (kind, tenant_id)
   )`,
  grantToApplication('alerts.tenant_thresholds', 'select, insert, update, delete'),
  ...isolateTenants('alerts.tenant_thresholds'),

  // No tenant: the whole installation's, which only an operator's scope sees.
  `create table alerts.alerts (
     id uuid primary key,
     kind text not null,
     scope text not null,
     tenant_id text,
     raised_at timestamptz not null,
     recovered_at timestamptz,
     value numeric not null,
     threshold numeric not null,
     message text not null,
     details jsonb not null
   )`,
  // Whatever an evaluation does wrong: nothing is raised twice without having recovered. Also finds what is raised.
  `create unique index raised_alerts on alerts.alerts (kind, scope, tenant_id) nulls not distinct where recovered_at is null`,
  `create index alerts_of_tenants on alerts.alerts (tenant_id, id)`,
  grantToApplication('alerts.alerts', 'select, insert, update (value, recovered_at)'),
  ...isolateTenants('alerts.alerts'),

  // Evaluations in a row that speak for a change; no row where there is none.
  `create table alerts.streaks (
     kind text not null,
     scope text not null,
     tenant_id text,
     streak integer not null,
     unique nulls not distinct (kind, scope, tenant_id)
   )`,
  grantToApplication('alerts.streaks', 'select, insert, update, delete'),
  ...isolateTenants('alerts.streaks'),

  `create table alerts.events (
     cursor bigint primary key,
     alert_id uuid not null references alerts.alerts,
     type text not null check (type in ('RAISED', 'RECOVERED')),
     kind text not null,
     scope text not null,
     tenant_id text,
     occurred_at timestamptz not null,
     value numeric,
     threshold numeric not null,
     message text not null,
     details jsonb not null,
     unique (alert_id, type)
   )`,
  `create index events_of_tenants on alerts.events (tenant_id, cursor)`,
  grantToApplication('alerts.events', 'select, insert'),
  ...isolateTenants('alerts.events'),
  // One row: the last cursor. Locked until commit by whoever adds events, so that cursors become visible in their order
  // and nobody who follows them misses one. A sequence would be given out in one order and committed in another.
  `create table alerts.event_cursor (only_row boolean primary key default true check (only_row), last bigint not null)`,
  `insert into alerts.event_cursor (last) values (0)`,
  grantToApplication('alerts.event_cursor', 'select, update'),
  ...operatorsOnly('alerts.event_cursor'),

  // Quota alerts at 100 % or more, for as long as an evaluation may look at them.
  `create table alerts.quota_crossings (
     cursor bigint primary key,
     tenant_id text not null,
     occurred_at timestamptz not null,
     crossing jsonb not null
   )`,
  `create index quota_crossings_by_time on alerts.quota_crossings (occurred_at)`,
  grantToApplication('alerts.quota_crossings', 'select, insert, delete'),
  ...isolateTenants('alerts.quota_crossings'),
  `create table alerts.quota_cursor (only_row boolean primary key default true check (only_row), last bigint)`,
  `insert into alerts.quota_cursor (last) values (null)`,
  grantToApplication('alerts.quota_cursor', 'select, update'),
  ...operatorsOnly('alerts.quota_cursor'),
])

function operatorsOnly(table: string): string[] {
  return [`alter table ${table} enable row level security`, `create policy operators_only on ${table} using ((select tollgate.sees_every_tenant()))`]
}
