import type { SqlMigration } from '@tollgate/postgres'
import { subscriptionsMigration } from './0001-subscriptions.ts'
import { paymentsMigration } from './0005-payments.ts'
import { collectionsMigration } from './0006-collections.ts'
import { mailMigration } from './0007-mail.ts'
import { invoicesMigration } from './0008-invoices.ts'
import { mailPositionsMigration } from './0009-mail-positions.ts'
import { resentMailsMigration } from './0010-resent-mails.ts'
import { invoiceEventsMigration } from './0011-invoice-events.ts'
import { billingRunsMigration } from './0012-billing-runs.ts'
import { invoicesOfAllTenantsMigration } from './0013-invoices-of-all-tenants.ts'
import { overdueCrossingsMigration } from './0014-overdue-crossings.ts'
import { mailsByStateMigration } from './0015-mails-by-state.ts'
import { settledPeriodsMigration } from './0016-settled-periods.ts'

/** Creates the schema `invoicing`. In order; a migration that has landed is never edited. */
export const invoicingMigrations: readonly SqlMigration[] = [
  subscriptionsMigration,
  paymentsMigration,
  collectionsMigration,
  mailMigration,
  invoicesMigration,
  mailPositionsMigration,
  resentMailsMigration,
  invoiceEventsMigration,
  billingRunsMigration,
  invoicesOfAllTenantsMigration,
  overdueCrossingsMigration,
  mailsByStateMigration,
  settledPeriodsMigration,
]
