import { sqlMigration } from '@tollgate/postgres'

/** Finds the tenants of a tier whose plan is published, without reading all tenants. */
export const tenantsByTierMigration = sqlMigration('accounts/0009-tenants-by-tier', ['create index tenants_by_tier on accounts.tenants (tier, id)'])
