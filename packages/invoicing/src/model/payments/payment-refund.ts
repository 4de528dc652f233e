import type { Decimal, Temporal } from '@tollgate/kernel'

/** What a refund can be. */
export const REFUND_STATUSES = ['pending', 'succeeded', 'failed'] as const

/** The state of a refund. */
export type RefundStatus = (typeof REFUND_STATUSES)[number]

/** Money of a payment that is given back. One that is pending holds its amount; one that failed does not. */
export interface PaymentRefund {
  /** A UUIDv7. */
  readonly id: string
  readonly status: RefundStatus
  readonly amount: Decimal
  readonly reason: string | null
  /** The provider's id of the refund. Null until the provider has responded, and for one made by hand. */
  readonly providerRefundId: string | null
  readonly requestedAt: Temporal.Instant
  readonly failureMessage: string | null
}
