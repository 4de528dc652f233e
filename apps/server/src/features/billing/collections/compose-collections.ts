import type { Billing } from '@tollgate/invoicing/billing'
import { checkCollectionPolicy, type Collections, createCollections, mailNotifier } from '@tollgate/invoicing/collections'
import type { InvoiceEventStore } from '@tollgate/invoicing/events'
import type { PaymentProvider, Payments } from '@tollgate/invoicing/payments'
import { postgresCollectableInvoices, postgresCollectionStore, postgresPaymentStore } from '@tollgate/invoicing/postgres'
import type { IdSource, TenantClock } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { ChangeRecorder } from '../../../audited-changes/change-recorder.ts'
import type { Mail } from '../mail/compose-mail.ts'
import { collectionEvent, overdueEvent } from '../events/invoice-event-drafts.ts'
import { chargeLateFees } from './charge-late-fees.ts'
import { auditCollections } from '../payments/audited-payments.ts'

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
  /** Pays invoices with balances before anybody is reminded of them. */
  readonly payments: Pick<Payments, 'allocateIn'>
  readonly database: PostgresDatabase
  readonly changes: ChangeRecorder
  readonly settings: Pick<CollectionSettings, 'graceDays'>
  /** Where steps are reported. */
  readonly events: Pick<InvoiceEventStore, 'add'>
  /** Undefined if the server sends no e-mails. */
  readonly mail: Mail | undefined
  readonly clock: TenantClock
  readonly ids: IdSource
}

/** Days on which reminders are sent unless a policy is set. */
const REMINDER_DAYS = [-3, 1, 7, 14]

/** Composes collections over PostgreSQL. */
export function composeCollections({ billing, payments, database, changes, settings: { graceDays }, mail, events, clock, ids }: CollectionParts): Collections {
  const invoices = postgresCollectableInvoices({ database })
  const mails = mail && mailNotifier({ recipients: invoices, send: (transaction, letters) => mail.mailbox.send(transaction, letters) })
  const collections: Collections = createCollections({
    store: postgresCollectionStore({ database }),
    invoices,
    payments: postgresPaymentStore({ database }),
    notifier: {
      async notify(transaction, notices) {
        await events.add(transaction, notices.map(collectionEvent))
        await mails?.notify(transaction, notices)
      },
    },
    async onOverdue(transaction, tenantId, overdue) {
      const happened = overdue.map(invoice => overdueEvent(tenantId, invoice))
      await events.add(transaction, happened)
    },
    payFromBalance: async (transaction, tenantId) => void (await payments.allocateIn(transaction, tenantId)),
    defaultPolicy: checkCollectionPolicy({ graceDays, reminderDays: REMINDER_DAYS }),
    onChange: auditCollections(changes),
    clock,
    ids,
    afterTenant: tenantId => chargeLateFees({ collections, billing, clock }, tenantId),
  })
  return collections
}
