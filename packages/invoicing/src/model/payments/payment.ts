import type { Decimal, Temporal } from '@tollgate/kernel'

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
  /** The provider's id of the payment. Unique for the provider in the tenant. Null for one recorded by hand. */
  readonly providerPaymentId: string | null
  readonly status: PaymentStatus
  readonly amount: Decimal
  /** ISO 4217. */
  readonly currency: string
  readonly refunded: Decimal
  readonly receivedAt: Temporal.Instant
  /** What the payer wrote, such as an invoice number. */
  readonly reference: string | null
  readonly failureMessage: string | null
  readonly allocations: readonly PaymentAllocation[]
  /** `amount` − `refunded` − `allocations`: the part that no invoice has used. */
  readonly unallocated: Decimal
}

/** The part of a payment that pays an invoice. */
export interface PaymentAllocation {
  readonly invoiceId: string
  readonly amount: Decimal
  readonly allocatedAt: Temporal.Instant
}
