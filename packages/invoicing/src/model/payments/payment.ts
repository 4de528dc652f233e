import type { Decimal, Temporal } from '@tollgate/kernel'
import type { PaymentRefund } from './payment-refund.ts'

/** What a payment can be. */
export const PAYMENT_STATUSES = ['pending', 'succeeded', 'failed', 'refunded', 'partially_refunded'] as const

/** The state of a payment. */
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

/** Money that a tenant paid, or tried to pay. It is allocated to invoices; what is left stays as the tenant's balance. */
export interface Payment {
  /** A UUIDv7. */
  readonly id: string
  readonly tenantId: string
  /** "bank_transfer", "stripe", "paypal", "coinbase", "credit_note". */
  readonly provider: string
  /** The provider's id of the payment. Unique for the provider in the tenant. Null for one recorded by hand, and until the provider has responded. */
  readonly providerPaymentId: string | null
  readonly status: PaymentStatus
  readonly amount: Decimal
  /** ISO 4217. */
  readonly currency: string
  /** What was given back, and what is about to be. */
  readonly refunded: Decimal
  readonly createdAt: Temporal.Instant
  /** When the money was received. Null until it is. */
  readonly receivedAt: Temporal.Instant | null
  /** The invoice that it is meant for. Null to pay the oldest. */
  readonly invoiceId: string | null
  /** What the payer wrote, such as an invoice number. */
  readonly reference: string | null
  readonly failureMessage: string | null
  /** What each invoice has of it, without those that have nothing. */
  readonly allocations: readonly PaymentAllocation[]
  readonly refunds: readonly PaymentRefund[]
  /** `amount` − `refunded` − `allocations`: the part that no invoice has used. Zero until the money is received. */
  readonly unallocated: Decimal
}

/** The part of a payment that pays an invoice. */
export interface PaymentAllocation {
  readonly invoiceId: string
  readonly amount: Decimal
  readonly allocatedAt: Temporal.Instant
}

/** A change of what an invoice has of a payment. Kept forever: allocations are the sums of these. */
export interface AllocationEntry {
  readonly paymentId: string
  readonly invoiceId: string
  /** Negative if the invoice lost it, because of a refund or because it became void. */
  readonly amount: Decimal
  readonly at: Temporal.Instant
}
