import { sqlMigration } from '@tollgate/postgres'

/** Who reported events that others did. */
export const reportersMigration = sqlMigration(
  'audit/0007-reporters',
  ['events', 'installation_events'].map(table => `alter table audit.${table} add column reported_by text`),
)
