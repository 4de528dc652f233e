import type { Billing } from '@tollgate/invoicing/billing'
import { checkCollectionPolicy, type Collections, createCollections, mailNotifier } from '@tollgate/invoicing/collections'
import { createPayments, type PaymentProvider, type Payments } from '@tollgate/invoicing/payments'
import { postgresCollectableInvoices, postgresCollectionStore, postgresInvoiceLedger, postgresPaymentStore } from '@tollgate/invoicing/postgres'
import type { Clock, IdSource } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { ChangeRecorder } from '../../../audited-changes/change-recorder.ts'
import type { Mail } from '../mail/compose-mail.ts'
import { chargeLateFees } from './charge-late-fees.ts'
import { auditCollections, auditPayments } from '../payments/audited-payments.ts'

/** How payments are taken, and when invoices are collected. */
export interface CollectionSettings {
  readonly providers: readonly PaymentProvider[]
  /** Days after the due date before late fees begin, unless a policy is set. */
  readonly graceDays: number
}

/** What payments and collections are composed of. */
export interface CollectionParts {
  /** Invoices late fees. */
  readonly billing: Pick<Billing, 'invoicesByIds' | 'issueInvoice'>
  readonly database: PostgresDatabase
  readonly changes: ChangeRecorder
  readonly settings: CollectionSettings
  /** Undefined if the server sends no e-mails. */
  readonly mail: Mail | undefined
  readonly clock: Clock
  readonly ids: IdSource
}

/** Days on which reminders are sent unless a policy is set. */
const REMINDER_DAYS = [-3, 1, 7, 14]

/** Composes payments and collections over PostgreSQL. */
export function composeCollections({ billing, database, changes, settings, mail, clock, ids }: CollectionParts): {
  payments: Payments
  collections: Collections
} {
  const store = postgresPaymentStore({ database })
  const invoices = postgresCollectableInvoices({ database })
  const { providers, graceDays } = settings
  const payments = createPayments({ store, invoices: postgresInvoiceLedger(clock), providers, onChange: auditPayments(changes), clock, ids })
  const collections: Collections = createCollections({
    store: postgresCollectionStore({ database }),
    invoices,
    payments: store,
    notifier:
      mail === undefined
        ? { notify: async () => {} }
        : mailNotifier({ recipients: invoices, send: (transaction, mails) => mail.mailbox.send(transaction, mails) }),
    payFromBalance: (transaction, tenantId) => payments.allocateIn(transaction, tenantId),
    defaultPolicy: checkCollectionPolicy({ graceDays, reminderDays: REMINDER_DAYS }),
    onChange: auditCollections(changes),
    clock,
    ids,
    afterTenant: tenantId => chargeLateFees({ collections, billing, clock }, tenantId),
  })
  return { payments, collections }
}
