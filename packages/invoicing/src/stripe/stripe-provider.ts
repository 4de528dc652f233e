import { checkShape, inputShape } from '@tollgate/kernel/input'
import { Temporal } from '@tollgate/kernel'
import { Stripe } from 'stripe'
import { PaymentProviderFailed, PaymentWebhookRejected } from '../model/payments/payment-errors.ts'
import type { PaymentChange, ProviderEvent } from '../model/payments/provider-event.ts'
import type { PaymentProvider, ProviderRefund, ProviderWebhook } from '../payments/payment-provider.ts'
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts'

/** Options of the provider. */
export interface StripeProviderOptions {
  /** The secret key: "sk_live_…". A restricted key needs write access to customers, payment intents and refunds. */
  readonly secretKey: string
  /** Signs webhooks: "whsec_…". Undefined to reject them. */
  readonly webhookSecret?: string | undefined
  /** Another address of the API, for tests. */
  readonly api?: { readonly host: string; readonly port: number; readonly protocol: 'http' | 'https' }
}

/** A webhook that was signed longer ago is rejected. */
const MAX_AGE_SECONDS = 300
const TIMEOUT_MS = 20_000
const NAME = 'stripe'

const OPTIONS = inputShape<StripeProviderOptions>({ secretKey: 'text', webhookSecret: 'text?', api: 'object?' })

/** Payments with Stripe: payment intents, which the page of the payer confirms with a client secret. Card data goes from that page to Stripe. */
export function stripeProvider(options: StripeProviderOptions): PaymentProvider {
  checkShape(OPTIONS, options)
  const { secretKey, webhookSecret, api } = options
  const stripe = new Stripe(secretKey, { ...api, maxNetworkRetries: 0, timeout: TIMEOUT_MS, telemetry: false })

  return {
    name: NAME,
    async createCustomer({ tenantId, name, email }) {
      const customer = await call(() =>
        stripe.customers.create(
          { name, ...(email !== null && { email }), metadata: { tollgate_tenant: tenantId } },
          { idempotencyKey: `tollgate-customer-${tenantId}` },
        ),
      )
      return customer.id
    },
    async start({ tenantId, paymentId, providerPaymentId, customerId, amount, currency, description }) {
      const intent = await call(() =>
        providerPaymentId === null
          ? stripe.paymentIntents.create(
              {
                amount: toStripeAmount(amount, currency),
                currency: currency.toLowerCase(),
                description,
                ...(customerId !== null && { customer: customerId }),
                automatic_payment_methods: { enabled: true },
                metadata: { tollgate_tenant: tenantId, tollgate_payment: paymentId },
              },
              { idempotencyKey: `tollgate-payment-${paymentId}` },
            )
          : stripe.paymentIntents.retrieve(providerPaymentId),
      )
      return { providerPaymentId: intent.id, clientSecret: intent.client_secret, redirectUrl: null }
    },
    async refund({ tenantId, paymentId, providerPaymentId, refundId, amount, currency }) {
      // Stripe forgets idempotency keys after a day, so a repeat looks for the refund first.
      const { data: known } = await call(() => stripe.refunds.list({ payment_intent: providerPaymentId, limit: 100 }))
      const made = known.find(({ metadata }) => metadata?.['tollgate_refund'] === refundId)
      const refund =
        made ??
        (await call(() =>
          stripe.refunds.create(
            {
              payment_intent: providerPaymentId,
              amount: toStripeAmount(amount, currency),
              metadata: { tollgate_tenant: tenantId, tollgate_payment: paymentId, tollgate_refund: refundId },
            },
            { idempotencyKey: `tollgate-refund-${refundId}` },
          ),
        ))
      return { providerRefundId: refund.id, ...refundResult(refund) }
    },
    async readWebhook(webhook) {
      if (webhookSecret === undefined) throw new PaymentWebhookRejected(NAME, 'no secret is set for webhooks')
      const event = verified(stripe, webhookSecret, webhook)
      const change = changeOf(event)
      if (change === undefined) return []
      const isOfPayment = change.change.kind !== 'refund' || change.metadata['tollgate_payment'] !== undefined
      const metadata = isOfPayment ? change.metadata : await metadataOf(stripe, change.providerPaymentId)
      const { tollgate_tenant: tenantId, tollgate_payment: paymentId } = metadata
      if (tenantId === undefined || paymentId === undefined || change.providerPaymentId === null) return []
      const occurredAt = Temporal.Instant.fromEpochMilliseconds(event.created * 1_000)
      const read: ProviderEvent = { id: event.id, tenantId, paymentId, providerPaymentId: change.providerPaymentId, occurredAt, change: change.change }
      return [read]
    },
  }
}

function verified(stripe: Stripe, secret: string, { headers, body, receivedAt }: ProviderWebhook): Stripe.Event {
  const signature = headers['stripe-signature']
  if (signature === undefined) throw new PaymentWebhookRejected(NAME, 'it has no signature')
  const event = constructed(stripe, { body, signature, secret, receivedAt })
  // The library accepts a time in the future.
  const [, signedAt = '0'] = /(?:^|,)t=(\d+)/.exec(signature) ?? []
  if (Number(signedAt) - receivedAt.epochMilliseconds / 1_000 > MAX_AGE_SECONDS) throw new PaymentWebhookRejected(NAME, 'its signature is of the future')
  return event
}

function constructed(
  stripe: Stripe,
  { body, signature, secret, receivedAt }: { body: Uint8Array; signature: string; secret: string; receivedAt: Temporal.Instant },
): Stripe.Event {
  try {
    return stripe.webhooks.constructEvent(Buffer.from(body), signature, secret, MAX_AGE_SECONDS, undefined, receivedAt.epochMilliseconds)
  } catch (error) {
    const isOld = error instanceof Error && /tolerance/i.test(error.message)
    throw new PaymentWebhookRejected(NAME, isOld ? `it was signed more than ${MAX_AGE_SECONDS} seconds ago` : 'its signature does not match', { cause: error })
  }
}

interface ReadChange {
  readonly providerPaymentId: string | null
  readonly metadata: Readonly<Record<string, string>>
  readonly change: PaymentChange
}

function changeOf(event: Stripe.Event): ReadChange | undefined {
  switch (event.type) {
    case 'payment_intent.succeeded': {
      const { id, metadata, amount_received: received, currency } = event.data.object
      return { providerPaymentId: id, metadata, change: { kind: 'succeeded', ...fromStripeAmount(received, currency) } }
    }
    case 'payment_intent.payment_failed': {
      const { id, metadata, last_payment_error: error } = event.data.object
      return { providerPaymentId: id, metadata, change: { kind: 'failed', message: error?.message ?? 'The payment failed.' } }
    }
    case 'payment_intent.canceled': {
      const { id, metadata } = event.data.object
      return { providerPaymentId: id, metadata, change: { kind: 'failed', message: 'The payment was cancelled.' } }
    }
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed': {
      const refund = event.data.object
      const metadata = refund.metadata ?? {}
      const { amount } = fromStripeAmount(refund.amount, refund.currency)
      const refundId = metadata['tollgate_refund'] ?? null
      const change = { kind: 'refund', refundId, providerRefundId: refund.id, amount, ...refundResult(refund) } as const
      return { providerPaymentId: idOf(refund.payment_intent), metadata, change }
    }
    // Money that a bank takes back is a refund; money that it returns after that is a refund that failed.
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated': {
      const dispute = event.data.object
      const { amount } = fromStripeAmount(dispute.amount, dispute.currency)
      const isWithdrawn = event.type === 'charge.dispute.funds_withdrawn'
      const result = isWithdrawn ? { status: 'succeeded', message: null } : ({ status: 'failed', message: 'The dispute was won.' } as const)
      return {
        providerPaymentId: idOf(dispute.payment_intent),
        metadata: {},
        change: {
          kind: 'refund',
          refundId: null,
          providerRefundId: dispute.id,
          amount,
          ...(result as { status: 'succeeded' | 'failed'; message: string | null }),
        },
      }
    }
    default:
      return undefined
  }
}

function refundResult({ status, failure_reason: reason }: Pick<Stripe.Refund, 'status' | 'failure_reason'>): Pick<ProviderRefund, 'status' | 'message'> {
  if (status === 'succeeded') return { status, message: null }
  if (status === 'failed' || status === 'canceled') return { status: 'failed', message: reason ?? status }
  return { status: 'pending', message: null }
}

/** Refunds and disputes that were made with Stripe do not say whose payment it is. */
async function metadataOf(stripe: Stripe, providerPaymentId: string | null): Promise<Readonly<Record<string, string>>> {
  if (providerPaymentId === null) return {}
  return call(async () => {
    try {
      return (await stripe.paymentIntents.retrieve(providerPaymentId)).metadata
    } catch (error) {
      // It is of another account.
      if (error instanceof Stripe.errors.StripeError && error.statusCode === 404) return {}
      throw error
    }
  })
}

function idOf(object: string | { readonly id: string } | null): string | null {
  return typeof object === 'string' ? object : (object?.id ?? null)
}

async function call<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request()
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    const { statusCode: status, message } = error
    const isTemporary = status === undefined || status >= 500 || status === 409 || status === 429
    // A failed connection and an invalid key are problems of the installation. Their messages can have parts of keys and addresses.
    const reason = status === undefined ? 'no response' : status === 401 ? 'the secret key is not valid' : message
    throw new PaymentProviderFailed(NAME, reason, { isTemporary, cause: error })
  }
}
