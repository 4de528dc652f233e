import type { Clock, IdSource } from '@tollgate/kernel'
import type { InvoiceLedger } from './invoice-ledger.ts'
import type { PaymentProvider } from './payment-provider.ts'
import type { PaymentStore } from './payment-store.ts'

/** What payments need. */
export interface PaymentDependencies {
  readonly store: PaymentStore
  readonly invoices: InvoiceLedger
  /** Services that take money. Bank transfers are recorded by hand and need none. */
  readonly providers: readonly PaymentProvider[]
  readonly clock: Clock
  readonly ids: IdSource
}
