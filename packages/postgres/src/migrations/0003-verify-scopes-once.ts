import { sqlMigration } from './sql-migration.ts'
import { TENANTS_SETTING } from './tenant-isolation.ts'

/** The length of an HMAC-SHA-256 in hexadecimal. A colon and the scope follow it. */
const SIGNATURE_LENGTH = 64
const SCOPE_FROM = SIGNATURE_LENGTH + 2

/** The first character of the scope: `*` for an operator, `{` for tenants. Not verified. */
const KIND = `substr(current_setting('${TENANTS_SETTING}', true), ${SCOPE_FROM}, 1)`

/**
 * A policy calls two functions, and each verified the scope. Now only one of them does, the one that the scope concerns.
 * Bytes are cut, not text, whose characters PostgreSQL counts: for 1,000 tenants, verifying takes a sixth of the time.
 */
export const verifyScopesOnceMigration = sqlMigration('kernel/0003-verify-scopes-once', [
  `create or replace function tollgate.verified_scope() returns text stable parallel safe security definer language sql
   begin atomic
     select convert_from(substring(setting from ${SCOPE_FROM}), 'UTF8')
       from tollgate.installation, convert_to(current_setting('${TENANTS_SETTING}', true), 'UTF8') as setting
      where substring(setting for ${SIGNATURE_LENGTH}) = convert_to(encode(
        sha256(scope_outer_pad || sha256(scope_inner_pad || substring(setting from ${SCOPE_FROM}))), 'hex'), 'UTF8');
   end`,
  `create or replace function tollgate.sees_every_tenant() returns boolean stable parallel safe language sql
     return case when ${KIND} = '*' then coalesce(tollgate.verified_scope() = '*', false) else false end`,
  `create or replace function tollgate.visible_tenants() returns text[] stable parallel safe language sql
     return case when ${KIND} = '{' then coalesce(tollgate.verified_scope(), '{}')::text[] else '{}'::text[] end`,
])
