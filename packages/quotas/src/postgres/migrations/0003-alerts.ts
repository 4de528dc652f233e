import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Threshold crossings. */
export const alertsMigration = sqlMigration('quotas/0003-alerts', [
  `create table quotas.alerts (
     cursor bigint primary key,
     tenant_id text not null,
     counter_id uuid not null,
     policy_id text not null,
     metric text not null,
     operation text,
     window_unit text not null,
     window_from timestamptz not null,
     window_to timestamptz not null,
     scope jsonb not null,
     scope_value jsonb not null,
     threshold numeric not null,
     used numeric not null,
     quota_limit numeric not null,
     occurred_at timestamptz not null,
     unique (counter_id, policy_id, quota_limit, threshold)
   )`,
  'create index on quotas.alerts (tenant_id, cursor)',
  ...isolateTenants('quotas.alerts'),
  grantToApplication('quotas.alerts', 'select, insert'),
  // One row: the last cursor. Taken until commit by whoever raises an alert, so that cursors become visible in their
  // order and nobody who follows them misses one. A sequence would be given out in one order and committed in another.
  `create table quotas.alert_cursor (only_row boolean primary key default true check (only_row), last bigint not null)`,
  'insert into quotas.alert_cursor (last) values (0)',
  grantToApplication('quotas.alert_cursor', 'select, update'),
])
