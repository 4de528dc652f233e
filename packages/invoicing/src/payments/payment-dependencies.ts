import type { Decimal, IdSource, TenantClock, Transaction } from '@tollgate/kernel'
import type { PayableInvoice } from '../model/payments/payable-invoice.ts'
import type { Payment } from '../model/payments/payment.ts'
import type { PaymentRefund } from '../model/payments/payment-refund.ts'
import type { InvoiceLedger } from './invoice-ledger.ts'
import type { PaymentProvider } from './payment-provider.ts'
import type { PaymentStore } from './payment-store.ts'

/** What payments need. */
export interface PaymentDependencies {
  readonly store: PaymentStore
  readonly invoices: InvoiceLedger
  /** Services that take money. Bank transfers are recorded by hand and need none. */
  readonly providers: readonly PaymentProvider[]
  /** Called last in each transaction that changes a payment. */
  readonly onChange?: (transaction: Transaction, change: PaymentJournalEntry) => Promise<void>
  /** Called in each transaction that changes what is paid of invoices. */
  readonly onInvoicesPaid?: (transaction: Transaction, tenantId: string, invoices: readonly InvoicePayment[]) => Promise<void>
  readonly clock: TenantClock
  readonly ids: IdSource
}

/** An invoice of which more, or less, is paid than before. */
export interface InvoicePayment {
  readonly invoice: PayableInvoice
  readonly paidBefore: Decimal
}

/** What happened to a payment, for an audit log. `updated`: its provider reported something. `allocated`: its balance paid invoices. */
export interface PaymentJournalEntry {
  readonly kind: 'recorded' | 'started' | 'refund_requested' | 'updated' | 'allocated'
  readonly payment: Payment
  /** Null unless a refund was requested. */
  readonly refund: PaymentRefund | null
}
