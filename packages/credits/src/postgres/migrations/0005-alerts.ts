import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** Alerts that depend on the time, and one order of the alerts of all tenants. */
export const alertsMigration = sqlMigration('credits/0005-alerts', [
  'alter table credits.grants add column expiry_alerted_at timestamptz',
  grantToApplication('credits.grants', 'update (expiry_alerted_at)'),
  // What was consumed at the start of the last days; null for wallets that do not alert on days left.
  'alter table credits.wallets add column burn jsonb',

  'alter table credits.alerts add column days_left numeric, add column expires_at timestamptz, add column expiring numeric',
  // Position among the alerts of all tenants. Null until a transaction of its own numbers what was committed: a transaction of
  // a tenant would have to wait for those of other tenants.
  'alter table credits.alerts add column position bigint',
  grantToApplication('credits.alerts', 'update (position)'),
  `update credits.alerts as alert set position = numbered.position
     from (select tenant_id, sequence, row_number() over (order by occurred_at, tenant_id, sequence) as position from credits.alerts) as numbered
     where alert.tenant_id = numbered.tenant_id and alert.sequence = numbered.sequence`,
  'create index alerts_by_position on credits.alerts (position)',
  'create index alerts_of_tenants on credits.alerts (tenant_id, position)',
  'create index alerts_of_customers on credits.alerts (tenant_id, customer_id, position)',
  'create index alerts_without_position on credits.alerts (tenant_id, sequence) where position is null',
  // One row: the last position. Locked until commit by the transaction that numbers alerts, so that positions become visible in their order.
  'create table credits.alert_position (only_row boolean primary key default true check (only_row), last bigint not null)',
  'insert into credits.alert_position (last) select count(*) from credits.alerts',
  grantToApplication('credits.alert_position', 'select, update'),
  'alter table credits.alert_position enable row level security',
  'create policy operators_only on credits.alert_position using ((select tollgate.sees_every_tenant()))',

  // Finds the tenants in whose wallets something is due. Every wallet is due once: earlier versions left out alerts.
  'create index wallets_due_first on credits.wallets (next_due) where next_due is not null',
  'update credits.wallets set next_due = updated_at',
])
