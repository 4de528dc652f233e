import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** The oldest rejected events of a tenant that has too many are deleted. */
export const boundedRejectedEventsMigration = sqlMigration('usage/0009-bounded-rejected-events', [grantToApplication('usage.rejected_events', 'delete')])
