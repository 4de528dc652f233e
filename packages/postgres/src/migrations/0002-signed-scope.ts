import { sqlMigration } from './sql-migration.ts'
import { TENANTS_SETTING } from './tenant-isolation.ts'

/** The length of an HMAC-SHA-256 in hexadecimal. A colon and the scope follow it. */
const SIGNATURE_LENGTH = 64

/**
 * Scopes are signed. Any statement can change the setting, but only the server and the owner can sign a scope, so a
 * statement that was smuggled in reaches no tenant but its own.
 */
export const signedScopeMigration = sqlMigration('kernel/0002-signed-scope', [
  // Runs as the owner, who alone can read the key. `begin atomic` binds names now, so that no search_path can change them.
  `create function tollgate.verified_scope() returns text stable parallel safe security definer language sql
   begin atomic
     select substr(setting, ${SIGNATURE_LENGTH + 2})
       from tollgate.installation, current_setting('${TENANTS_SETTING}', true) as setting
      where left(setting, ${SIGNATURE_LENGTH}) = encode(
        sha256(scope_outer_pad || sha256(scope_inner_pad || convert_to(substr(setting, ${SIGNATURE_LENGTH + 2}), 'UTF8'))), 'hex');
   end`,
  `create or replace function tollgate.sees_every_tenant() returns boolean stable parallel safe language sql
     return coalesce(tollgate.verified_scope() = '*', false)`,
  // Without a scope, or with one whose signature is wrong, no tenant is visible.
  `create or replace function tollgate.visible_tenants() returns text[] stable parallel safe language sql
     return coalesce(nullif(tollgate.verified_scope(), '*'), '{}')::text[]`,
  // For migrations and backups, which the owner runs: row-level security applies to the owner too.
  `create function tollgate.operator_scope() returns text stable language sql
   begin atomic
     select encode(sha256(scope_outer_pad || sha256(scope_inner_pad || '*'::bytea)), 'hex') || ':*' from tollgate.installation;
   end`,
  `revoke all on function tollgate.operator_scope from public`,
])
