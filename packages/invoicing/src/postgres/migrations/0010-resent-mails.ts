import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** How often somebody had an e-mail sent again: the next time it has another message id. */
export const resentMailsMigration = sqlMigration(
  'invoicing/0010-resent-mails',
  ['invoicing.mails', 'invoicing.operator_mails'].flatMap(table => [
    `alter table ${table} add column resends integer not null default 0`,
    grantToApplication(table, 'update (resends, recipient)'),
  ]),
)
