import { sqlMigration } from '@tollgate/postgres'

/** Finds the e-mails that were not sent among many that were. */
export const mailsByStateMigration = sqlMigration('invoicing/0015-mails-by-state', [
  `create index unsent_mails on invoicing.mails (tenant_id, state, id) where state <> 'sent'`,
  `create index unsent_operator_mails on invoicing.operator_mails (state, id) where state <> 'sent'`,
])
