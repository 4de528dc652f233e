import { APPLICATION_ROLE, showToCustomers, sqlMigration } from '@tollgate/postgres'

/** Tables whose rows belong to a dimension set, and through it to a tenant and a customer. */
const TABLES_BY_SET = [
  'usage.events',
  'usage.rollups_hourly',
  'usage.rollups_daily',
  'usage.latencies_hourly',
  'usage.latencies_daily',
  'usage.rollup_details_hourly',
  'usage.rollup_details_daily',
  'usage.cost_corrections',
  'usage.correction_rollups_hourly',
  'usage.correction_rollups_daily',
  'usage.correction_details_hourly',
  'usage.correction_details_daily',
]

/** The scope of a customer reads the customer's events, their sums and their corrections. */
export const customersMigration = sqlMigration('usage/0011-customers', [
  // The sets of a customer; and, as before, the sets of a tenant and the distinct tenants.
  `create index dimension_sets_of_customers on usage.dimension_sets (tenant_id, customer)`,
  `drop index usage.dimension_sets_tenant_id_idx`,
  showToCustomers('usage.dimension_sets', 'tollgate.sees_customer(tenant_id, customer)'),

  // The dimension sets of the customer of the scope. Called once for a statement, and only if it meets a row that the
  // policies of tenants hide.
  `create function usage.dimension_sets_of_customer() returns uuid[]
     stable parallel safe cost 1 language plpgsql set search_path = pg_catalog, pg_temp as $$
   begin
     return array(select id from usage.dimension_sets where tenant_id = tollgate.customer_tenant() and customer = tollgate.customer());
   end $$`,
  `revoke all on function usage.dimension_sets_of_customer from public`,
  `grant execute on function usage.dimension_sets_of_customer to ${APPLICATION_ROLE}`,
  ...TABLES_BY_SET.map(table => showToCustomers(table, 'dimension_set_id = any ((select usage.dimension_sets_of_customer())::uuid[])')),
])
