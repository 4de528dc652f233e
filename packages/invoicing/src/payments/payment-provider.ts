import type { Decimal, Temporal } from '@tollgate/kernel'
import type { ProviderEvent } from '../model/payments/provider-event.ts'

/**
 * A service that takes money. It keeps our ids of the tenant and the payment with each payment, and its webhooks report what happens.
 * `describePaymentProvider` is the contract of all adapters. Failures are `PaymentProviderFailed`.
 */
export interface PaymentProvider {
  /** Names the provider: "stripe". */
  readonly name: string
  /** Creates the customer that payments of a tenant belong to. Undefined if the provider has no customers. Repeats with the same tenant may create another. */
  createCustomer?(customer: ProviderCustomer): Promise<string>
  /** Starts a payment. A repeat with the same payment returns the first. */
  start(request: PaymentRequest): Promise<StartedPayment>
  /** Completes a payment that the payer has approved, and returns what happened. Undefined if it completes by itself. A repeat completes nothing twice. */
  complete?(payment: ProviderPayment): Promise<readonly ProviderEvent[]>
  /** Gives money back. A repeat with the same refund returns the first. Undefined if the provider cannot: such refunds are made by hand. */
  refund?(request: RefundRequest): Promise<ProviderRefund>
  /** Verifies a webhook and returns what it reports; nothing for what is not ours. Throws `PaymentWebhookRejected`. Undefined if there are none. */
  readWebhook?(webhook: ProviderWebhook): Promise<readonly ProviderEvent[]>
}

/** A tenant, for a provider. */
export interface ProviderCustomer {
  readonly tenantId: string
  readonly name: string
  readonly email: string | null
}

/** A payment that the provider knows. */
export interface ProviderPayment {
  readonly tenantId: string
  readonly paymentId: string
  readonly providerPaymentId: string
}

/** A payment to start. */
export interface PaymentRequest {
  readonly tenantId: string
  readonly paymentId: string
  /** What an earlier call returned. Null for the first call, and if its response was lost. */
  readonly providerPaymentId: string | null
  readonly customerId: string | null
  readonly amount: Decimal
  readonly currency: string
  /** Shown to the payer, such as "Invoice INV-ACME-000042". */
  readonly description: string
  /** Pages that the payer returns to. Null if the provider needs none. */
  readonly returnUrl: string | null
  readonly cancelUrl: string | null
}

/** How the payer continues: with a client secret in the page, or on a page of the provider. */
export interface StartedPayment {
  readonly providerPaymentId: string
  readonly clientSecret: string | null
  readonly redirectUrl: string | null
}

/** A refund to make. */
export interface RefundRequest extends ProviderPayment {
  readonly refundId: string
  readonly amount: Decimal
  readonly currency: string
  readonly reason: string | null
}

/** A refund that the provider knows. */
export interface ProviderRefund {
  readonly providerRefundId: string
  readonly status: 'pending' | 'succeeded' | 'failed'
  readonly message: string | null
}

/** A webhook as it arrived. */
export interface ProviderWebhook {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The bytes that were sent: signatures are over these. */
  readonly body: Uint8Array
  readonly receivedAt: Temporal.Instant
}
