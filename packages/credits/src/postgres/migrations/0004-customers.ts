import { APPLICATION_ROLE, showToCustomers, sqlMigration } from '@tollgate/postgres'

/** Tables whose rows belong to a wallet, and through it to a tenant and a customer. */
const TABLES_BY_WALLET = ['credits.grants', 'credits.allowances', 'credits.reservations', 'credits.entries']

/** The scope of a customer reads the customer's wallet, what belongs to it, and its alerts. */
export const customersMigration = sqlMigration('credits/0004-customers', [
  showToCustomers('credits.wallets', 'tollgate.sees_customer(tenant_id, customer_id)'),

  // The wallet of the customer of the scope. Called once for a statement, and only if it meets a row that the policies of
  // tenants hide.
  `create function credits.wallet_of_customer() returns uuid
     stable parallel safe cost 1 language plpgsql set search_path = pg_catalog, pg_temp as $$
   begin
     return (select id from credits.wallets where tenant_id = tollgate.customer_tenant() and customer_id = tollgate.customer());
   end $$`,
  'revoke all on function credits.wallet_of_customer from public',
  `grant execute on function credits.wallet_of_customer to ${APPLICATION_ROLE}`,
  ...TABLES_BY_WALLET.map(table =>
    showToCustomers(table, '(select tollgate.customer_tenant()) = tenant_id and (select credits.wallet_of_customer()) = wallet_id'),
  ),
  showToCustomers('credits.alerts', 'tollgate.sees_customer(tenant_id, customer_id)'),
])
