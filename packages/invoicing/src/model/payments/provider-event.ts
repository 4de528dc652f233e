import type { Decimal, Temporal } from '@tollgate/kernel'

/** What a provider reports about a payment. Events can arrive in any order, and more than once. */
export interface ProviderEvent {
  /** The provider's id of the event. */
  readonly id: string
  readonly tenantId: string
  /** Our id of the payment, which the provider keeps for us. */
  readonly paymentId: string
  readonly providerPaymentId: string
  readonly occurredAt: Temporal.Instant
  readonly change: PaymentChange
}

/**
 * What happened to a payment. `approved`: the payer has agreed, and the payment can be completed. `failed` is not final: a payer
 * can try again, and `succeeded` wins over it in any order.
 */
export type PaymentChange =
  | { readonly kind: 'approved' }
  | { readonly kind: 'succeeded'; readonly amount: Decimal; readonly currency: string }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'refund'
      /** Our id of the refund. Null if it was made with the provider. */
      readonly refundId: string | null
      readonly providerRefundId: string
      readonly amount: Decimal
      readonly status: 'pending' | 'succeeded' | 'failed'
      readonly message: string | null
    }
