import { APPLICATION_ROLE, shareWithTenants, showToCustomers, sqlMigration } from '@tollgate/postgres'

/**
 * The scope of a customer reads the counters of its own limits, whose scope is the customer and nothing else; and how often
 * the policies of its tenant changed. `plan_revision` stays without row-level security: it is one number, and every decision reads it.
 */
export const customersMigration = sqlMigration('quotas/0009-customers', [
  // The scope value is a list in JSON, written by JavaScript; PostgreSQL escapes the same characters in the same way.
  `create function quotas.is_counter_of_customer(tenant text, slot text, scope_value text) returns boolean
     stable parallel safe cost 1 language plpgsql set search_path = pg_catalog, pg_temp as $$
   begin
     return coalesce(
       split_part(slot, '/', 3) = 'customer' and tenant = tollgate.customer_tenant()
         and scope_value = '[' || to_json(tollgate.customer())::text || ']',
       false);
   end $$`,
  `create function quotas.counts_customer(counter uuid) returns boolean
     stable parallel safe cost 1 language plpgsql set search_path = pg_catalog, pg_temp as $$
   begin
     return tollgate.customer_tenant() is not null and exists (select from quotas.counters where id = counter);
   end $$`,
  ...['is_counter_of_customer', 'counts_customer'].flatMap(name => [
    `revoke all on function quotas.${name} from public`,
    `grant execute on function quotas.${name} to ${APPLICATION_ROLE}`,
  ]),
  showToCustomers('quotas.counters', 'quotas.is_counter_of_customer(tenant_id, slot, scope_value)'),
  showToCustomers('quotas.holds', 'quotas.counts_customer(counter_id)'),
  showToCustomers('quotas.tenant_revisions', 'tenant_id = tollgate.customer_tenant()'),

  ...['quotas.plans', 'quotas.alert_cursor'].flatMap(shareWithTenants),
  `create policy operators_publish on quotas.plans for insert with check ((select tollgate.sees_every_tenant()))`,
  `create policy alerts_count on quotas.alert_cursor for update using ((select tollgate.sees_any_tenant()))`,
])
