import { sqlMigration } from '@tollgate/postgres'

/** Lets an invoice become overdue once more after it was paid. */
export const overdueCrossingsMigration = sqlMigration('invoicing/0014-overdue-crossings', [
  'drop index invoicing.invoice_overdue_once',
  // Whether an invoice became overdue after it was last paid.
  `create index invoice_crossings on invoicing.invoice_events (tenant_id, invoice_id, sequence) where kind in ('overdue', 'paid')`,
])
