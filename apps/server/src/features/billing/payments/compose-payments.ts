import { createPayments, type PaymentProvider, type Payments } from '@tollgate/invoicing/payments'
import { postgresInvoiceLedger, postgresPaymentStore } from '@tollgate/invoicing/postgres'
import type { IdSource, TenantClock } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { ChangeRecorder } from '../../../audited-changes/change-recorder.ts'
import { auditPayments } from './audited-payments.ts'

/** What payments are composed of. */
export interface PaymentParts {
  readonly database: PostgresDatabase
  readonly changes: ChangeRecorder
  readonly providers: readonly PaymentProvider[]
  readonly clock: TenantClock
  readonly ids: IdSource
}

/** Composes payments over PostgreSQL. */
export function composePayments({ database, changes, providers, clock, ids }: PaymentParts): Payments {
  const store = postgresPaymentStore({ database })
  return createPayments({ store, invoices: postgresInvoiceLedger(clock), providers, onChange: auditPayments(changes), clock, ids })
}
