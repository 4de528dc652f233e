import { showToCustomers, sqlMigration } from '@tollgate/postgres'

/**
 * The scope of a customer reads the alerts of its own limits: those whose scope is the customer and nothing else. The customer is
 * a column of its own, because under row-level security PostgreSQL does not look up JSON by an index.
 */
export const alertsOfCustomersMigration = sqlMigration('quotas/0011-alerts-of-customers', [
  `alter table quotas.alerts add column customer_id text collate "C"
     generated always as (case when scope = '["customer"]' then scope_value ->> 0 end) stored`,
  'create index alerts_of_customers on quotas.alerts (tenant_id, customer_id, cursor) where customer_id is not null',
  showToCustomers('quotas.alerts', 'tollgate.sees_customer(tenant_id, customer_id)'),
])
