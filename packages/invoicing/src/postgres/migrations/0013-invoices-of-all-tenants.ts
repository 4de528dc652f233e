import { sqlMigration } from '@tollgate/postgres'

/** Indexes for lists of the invoices of all tenants, latest first, and of those that are not paid. */
export const invoicesOfAllTenantsMigration = sqlMigration('invoicing/0013-invoices-of-all-tenants', [
  'create index invoices_by_id on invoicing.invoices (id)',
  `create index unpaid_invoices_by_id on invoicing.invoices (id) where state = 'open' and amount_paid < total`,
  'create index draft_invoices_by_id on invoicing.draft_invoices (id)',
])
