import { sqlMigration } from '@tollgate/postgres'

/** Keys that could read usage or prices saw costs, which have a scope of their own now. */
export const keysThatSeeCostsMigration = sqlMigration('accounts/0007-keys-that-see-costs', [
  `update accounts.api_keys set scopes = array_append(scopes, 'costs:read') where scopes && array['usage:read', 'prices:read'] and not 'costs:read' = any(scopes)`,
])
