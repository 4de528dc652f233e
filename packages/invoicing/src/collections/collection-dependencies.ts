import type { IdSource, TenantClock, Transaction } from '@tollgate/kernel'
import type { CollectionPolicy } from '../model/collections/collection-policy.ts'
import type { CollectableInvoice } from '../model/collections/collectable-invoice.ts'
import type { AllocationEntry } from '../model/payments/payment.ts'
import type { CollectableInvoices } from './collectable-invoices.ts'
import type { CollectionNotifier } from './collection-notifier.ts'
import type { CollectionStore } from './collection-store.ts'

/** What collections need. */
export interface CollectionDependencies {
  readonly store: CollectionStore
  readonly invoices: CollectableInvoices
  /** What was allocated to an invoice, and taken from it. A `PaymentStore` has it. */
  readonly payments: {
    allocationEntries(tenantId: string, invoiceId: string, transaction?: Transaction): Promise<readonly AllocationEntry[]>
  }
  readonly notifier: CollectionNotifier
  /** Called with the invoices whose due date has passed, each time that steps are decided, in their transaction. */
  readonly onOverdue?: (transaction: Transaction, tenantId: string, invoices: readonly CollectableInvoice[]) => Promise<void>
  /** Called before the steps of a tenant are decided, in their transaction: pays invoices with the balance of the tenant. */
  readonly payFromBalance?: (transaction: Transaction, tenantId: string) => Promise<void>
  /** Called after the steps of a tenant were taken: invoices its late fees. */
  readonly afterTenant?: (tenantId: string) => Promise<unknown>
  /** The policy of tenants for which none is set, nor for the installation. */
  readonly defaultPolicy: CollectionPolicy
  /** Called last in each transaction in which somebody changes something. */
  readonly onChange?: (transaction: Transaction, change: CollectionChange) => Promise<void>
  readonly clock: TenantClock
  readonly ids: IdSource
}

/** What somebody changed, for an audit log. */
export interface CollectionChange {
  readonly kind: 'policy_set' | 'paused' | 'resumed' | 'disputed' | 'dispute_resolved' | 'reminded'
  /** Null for the policy of the installation. */
  readonly tenantId: string | null
  readonly resourceId: string
  readonly before?: object | undefined
  readonly after?: object | undefined
}
