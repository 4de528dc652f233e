import { shareWithTenants, sqlMigration } from '@tollgate/postgres'

/** Prices of no tenant are visible to operators and tenants, no longer to customers or without a scope. */
export const scopedReadersMigration = sqlMigration('pricing/0008-scoped-readers', [
  `alter policy shared_and_own on pricing.prices
     using ((tenant_id is null and (select tollgate.sees_any_tenant())) or (select tollgate.sees_every_tenant())
       or tenant_id = any ((select tollgate.visible_tenants())::text[]))`,
  ...['bundled_releases', 'bundled_release_prices', 'shared_model_aliases', 'shared_alias_count'].map(
    table => `alter policy everyone on pricing.${table} using ((select tollgate.sees_any_tenant()))`,
  ),
  ...shareWithTenants('pricing.catalog_version'),
  // By the trigger that counts publications: row-level security applies to the owner too.
  `create policy operators_count on pricing.catalog_version for update using ((select tollgate.sees_every_tenant()))`,
])
