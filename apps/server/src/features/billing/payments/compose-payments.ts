import type { InvoiceEventStore } from '@tollgate/invoicing/events'
import { createPayments, type PaymentProvider, type Payments } from '@tollgate/invoicing/payments'
import { postgresInvoiceLedger, postgresPaymentStore } from '@tollgate/invoicing/postgres'
import { type IdSource, type TenantClock, toMicrosecond } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { ChangeRecorder } from '../../../audited-changes/change-recorder.ts'
import { paymentEvent } from '../events/invoice-event-drafts.ts'
import { auditPayments } from './audited-payments.ts'

/** What payments are composed of. */
export interface PaymentParts {
  readonly database: PostgresDatabase
  readonly changes: ChangeRecorder
  readonly providers: readonly PaymentProvider[]
  /** Where payments of invoices are reported. */
  readonly events: Pick<InvoiceEventStore, 'add'>
  readonly clock: TenantClock
  readonly ids: IdSource
}

/** Composes payments over PostgreSQL. */
export function composePayments({ database, changes, providers, events, clock, ids }: PaymentParts): Payments {
  const store = postgresPaymentStore({ database })
  return createPayments({
    store,
    invoices: postgresInvoiceLedger(clock),
    providers,
    onChange: auditPayments(changes),
    async onInvoicesPaid(transaction, tenantId, paid) {
      const occurredAt = toMicrosecond(clock.now(tenantId))
      const happened = paid.map(payment => paymentEvent(tenantId, payment, occurredAt))
      await events.add(transaction, happened)
    },
    clock,
    ids,
  })
}
