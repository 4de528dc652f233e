import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** How far the alerts of each source were sent by e-mail. */
export const mailPositionsMigration = sqlMigration('invoicing/0009-mail-positions', [
  'create table invoicing.mail_positions (source text primary key, position text not null)',
  grantToApplication('invoicing.mail_positions', 'select, insert, update'),
  'alter table invoicing.mail_positions enable row level security',
  'create policy operators_only on invoicing.mail_positions using ((select tollgate.sees_every_tenant()))',
])
