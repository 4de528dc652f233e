import { type Audit, billingAudit } from '@tollgate/audit'
import type { Billing, BillingRuns } from '@tollgate/invoicing/billing'
import type { Collections } from '@tollgate/invoicing/collections'
import type { Mail as StoredMail } from '@tollgate/invoicing/mail'
import type { Payments } from '@tollgate/invoicing/payments'
import { postgresInvoiceLedger, postgresInvoiceStore } from '@tollgate/invoicing/postgres'
import type { IdSource, Transaction } from '@tollgate/kernel'
import { joinTransaction, type PostgresDatabase, postgresTransaction } from '@tollgate/postgres'
import { changeRecorder } from '../../audited-changes/change-recorder.ts'
import { type CollectionSettings, composeCollections } from './collections/compose-collections.ts'
import { composeDocuments, type DocumentParts, type DocumentSettings } from './documents/compose-documents.ts'
import type { InvoiceDocuments } from './documents/invoice-documents.ts'
import type { InvoiceEvents } from './events/compose-invoice-events.ts'
import { invoiceEffects } from './invoice-effects.ts'
import { auditedInvoices } from './invoices/audited-billing-stores.ts'
import { type BillingParts, composeBilling } from './invoices/compose-billing.ts'
import { completeInvoiceMail } from './mail/complete-invoice-mail.ts'
import { alertRecipient } from './mail/alert-recipient.ts'
import { emailId } from './mail/ids.ts'
import type { Mail, Mailing } from './mail/compose-mail.ts'
import { composePayments } from './payments/compose-payments.ts'

/** What invoices, payments and collections are composed of. */
export interface InvoicingParts extends Omit<BillingParts, 'invoices' | 'changes' | 'database'> {
  readonly audit: Audit
  readonly openLedger: Parameters<typeof auditedInvoices>[1]['openLedger']
  /** What happens to invoices, and the database to change them with. */
  readonly events: InvoiceEvents
  readonly settings: CollectionSettings
  readonly documents: DocumentSettings | undefined
  readonly signingKeys: DocumentParts['signingKeys']
  /** Undefined if the server sends no e-mails. */
  readonly mail: Mail | undefined
  readonly ids: IdSource
}

/** Invoices, their documents, payments and collections. */
export interface Invoicing {
  readonly billing: Billing
  readonly billingRuns: BillingRuns
  readonly documents: InvoiceDocuments
  readonly payments: Payments
  readonly collections: Collections
  readonly invoiceEvents: InvoiceEvents['store']
}

/** Composes invoices with what happens with them, and what their e-mails need. */
export function composeInvoicing(parts: InvoicingParts): { readonly services: Invoicing; readonly mailing: Mailing } {
  const { audit, openLedger, settings, mail, clock, ids } = parts
  const { database, store: events } = parts.events
  const changes = changeRecorder({ database, audit })
  const payments = composePayments({ database, changes, providers: settings.providers, events, clock, ids })
  const effects = {
    ...invoiceEffects({ payments, invoices: postgresInvoiceLedger(clock), events, mail: mail?.sendsInvoices === true ? mail : undefined, clock }),
    openLedger,
    clock,
  }
  const openInvoices = (on: PostgresDatabase) =>
    auditedInvoices({ store: postgresInvoiceStore(on), open: postgresInvoiceStore, changes: changeRecorder({ database: on, audit }) }, effects)
  const { billing, billingRuns } = composeBilling({ ...parts, database, changes, invoices: openInvoices(database) })
  const documents = composeDocuments({ billing, signingKeys: parts.signingKeys, clock: { now: () => clock.now(null) } }, parts.documents)
  const collections = composeCollections({ billing, payments, database, changes, settings, mail, events, clock, ids })

  async function complete(letter: StoredMail) {
    const takesPayments = payments.providers.length > 0
    return mail === undefined ? { data: {}, attachments: [] } : completeInvoiceMail({ billing, documents, links: mail.invoiceLinks, takesPayments }, letter)
  }

  /** An invoice counts as sent when the mail server has accepted its e-mail. */
  async function onSent(transaction: Transaction, { tenantId, kind, data: { invoiceId } }: StoredMail): Promise<void> {
    if (tenantId === null || kind === 'reminder' || typeof invoiceId !== 'string') return
    const { database: joined } = joinTransaction(postgresTransaction(transaction))
    await openInvoices(joined).change(tenantId, invoiceId, ({ state, sentAt }) => (state === 'void' || sentAt !== null ? {} : { sentAt: clock.now(tenantId) }))
  }

  const onResent: Mailing['onResent'] = (transaction, { kind, to, resends, ...ref }) => {
    const asked = resends === 0 ? billingAudit.emailRequested : billingAudit.emailResent
    return changes.recordIn(transaction, [asked(ref.tenantId, emailId(ref), { details: { kind, to } })])
  }

  return {
    services: { billing, billingRuns, documents, payments, collections, invoiceEvents: events },
    mailing: { recipientOf: tenantId => alertRecipient(billing, tenantId), complete, onSent, onResent },
  }
}
