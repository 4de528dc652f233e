import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** Which alerts have been recorded elsewhere, such as in an audit log. Those of earlier versions are not recorded afterwards. */
export const recordedAlertsMigration = sqlMigration('credits/0009-recorded-alerts', [
  'alter table credits.alerts add column is_recorded boolean not null default true',
  'alter table credits.alerts alter column is_recorded set default false',
  'create index alerts_to_record on credits.alerts (tenant_id, position) where not is_recorded',
  grantToApplication('credits.alerts', 'update (is_recorded)'),
])
