import type { Money, Page, PageRequest, Transaction } from '@tollgate/kernel'
import type { AllocationEntry, Payment, PaymentStatus } from '../model/payments/payment.ts'

/** Stores payments. `describePaymentStore` is the contract of all adapters. */
export interface PaymentStore {
  /** Runs work in a transaction of one tenant, which is durable when the promise resolves. */
  transaction<Result>(tenantId: string, work: (transaction: Transaction) => Promise<Result>): Promise<Result>
  /** Waits until no other transaction changes payments of the tenant, until this one ends. */
  lock(transaction: Transaction, tenantId: string): Promise<void>
  /** Returns the payment that was made with an idempotency key. */
  paymentOfKey(transaction: Transaction, tenantId: string, key: string): Promise<KeyedPayment | undefined>
  /** Returns payments by id; omits unknown ones. Reads in `transaction` if one is given. */
  paymentsByIds(tenantId: string, ids: readonly string[], transaction?: Transaction): Promise<readonly Payment[]>
  /** Returns which of the tenants have payments with money that no invoice has used. */
  tenantsWithBalance(transaction: Transaction, tenantIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Returns the payments with money that no invoice has used. */
  unallocatedPayments(transaction: Transaction, tenantId: string): Promise<readonly Payment[]>
  /** Returns the payments that an invoice has a part of. Reads in `transaction` if one is given. */
  paymentsOfInvoice(tenantId: string, invoiceId: string, transaction?: Transaction): Promise<readonly Payment[]>
  /** Adds a payment with the key that it was made with. */
  addPayment(transaction: Transaction, payment: Payment, use: KeyUse): Promise<void>
  /** Writes changed payments, their refunds, and what changed in allocations. */
  saveChanges(transaction: Transaction, tenantId: string, changes: PaymentChanges): Promise<void>
  /** Returns the refund that was requested with an idempotency key. */
  refundOfKey(transaction: Transaction, tenantId: string, key: string): Promise<KeyedRefund | undefined>
  /** Keeps the key that a refund was requested with. */
  addRefundKey(transaction: Transaction, tenantId: string, refund: KeyedRefund & { readonly key: string }): Promise<void>
  /** Records that an event of a provider is applied. Returns false if it was before. */
  claimEvent(transaction: Transaction, event: ClaimedEvent): Promise<boolean>
  /** Lists payments, latest first. */
  payments(query: PaymentsQuery): Promise<Page<Payment>>
  /** Lists what was allocated to an invoice, oldest first. Reads in `transaction` if one is given. */
  allocationEntries(tenantId: string, invoiceId: string, transaction?: Transaction): Promise<readonly AllocationEntry[]>
  /** Returns the money that no invoice has used, one sum for each currency with any. */
  balances(tenantId: string): Promise<readonly Money[]>
  /** Returns the provider's id of the tenant as its customer. */
  customerId(tenantId: string, provider: string): Promise<string | undefined>
  /** Keeps the provider's id of the tenant, unless there is one. Returns the one that is kept. */
  keepCustomerId(tenantId: string, provider: string, customerId: string): Promise<string>
}

/** How an idempotency key was used. */
export interface KeyUse {
  readonly key: string
  /** What the key was used for: other values must not be. */
  readonly fingerprint: string
}

/** A payment and what its key was used for. */
export interface KeyedPayment {
  readonly payment: Payment
  readonly fingerprint: string
}

/** A refund that was requested with a key. */
export interface KeyedRefund {
  readonly paymentId: string
  readonly refundId: string
  readonly fingerprint: string
}

/** Payments as they are now, and what changed in their allocations. */
export interface PaymentChanges {
  readonly payments: readonly Payment[]
  readonly entries: readonly AllocationEntry[]
}

/** An event of a provider. */
export interface ClaimedEvent {
  readonly tenantId: string
  readonly provider: string
  readonly eventId: string
  readonly paymentId: string
  readonly at: AllocationEntry['at']
}

/** Which payments to list. */
export interface PaymentsQuery extends PageRequest {
  readonly tenantId: string
  readonly status?: PaymentStatus | undefined
  /** Only payments that the invoice has a part of, or that name it. */
  readonly invoiceId?: string | undefined
}
