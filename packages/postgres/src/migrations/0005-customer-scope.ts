import { sqlMigration } from './sql-migration.ts'
import { TENANTS_SETTING } from './tenant-isolation.ts'

/** The length of an HMAC-SHA-256 in hexadecimal. A colon and the scope follow it. */
const SIGNATURE_LENGTH = 64

/** The first character of the scope: `*` for an operator, `{` for tenants, `c` for a customer. Not verified. */
const KIND = `substr(current_setting('${TENANTS_SETTING}', true), ${SIGNATURE_LENGTH + 2}, 1)`

/** Returns an element of a customer's scope, `c{"tenant","customer"}`. Null in any other scope. */
const elementFunction = (name: string, number: number) => `create function tollgate.${name}() returns text stable parallel safe cost 1 language plpgsql as $$
   begin
     return case when ${KIND} = 'c' then (substr(tollgate.verified_scope(), 2)::text[])[${number}] end;
   end $$`

/**
 * The scope of one customer of a tenant. The functions of the policies of tenants return nothing for it, so it sees only the
 * tables that have a policy for customers. The functions of these policies are in plpgsql: PostgreSQL would inline SQL, and
 * then plan every statement of a tenant more slowly.
 */
export const customerScopeMigration = sqlMigration('kernel/0005-customer-scope', [
  elementFunction('customer_tenant', 1),
  elementFunction('customer', 2),
  `create function tollgate.sees_customer(tenant text, customer text) returns boolean stable parallel safe cost 1 language plpgsql as $$
   begin
     if ${KIND} is distinct from 'c' then
       return false;
     end if;
     return coalesce(tenant collate "C" = tollgate.customer_tenant() and customer collate "C" = tollgate.customer(), false);
   end $$`,
  // For tables without tenants, which any tenant may read.
  `create function tollgate.sees_any_tenant() returns boolean stable parallel safe language sql
     return case when ${KIND} in ('*', '{') then coalesce(tollgate.verified_scope() <> '{}', false) else false end`,
])
