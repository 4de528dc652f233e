import { checkShape, inputShape } from '@tollgate/kernel/input'
import { type Clock, parseDecimal, parseInstant, type Temporal } from '@tollgate/kernel'
import { PaymentProviderFailed, PaymentWebhookRejected } from '../model/payments/payment-errors.ts'
import type { PaymentChange, ProviderEvent } from '../model/payments/provider-event.ts'
import { listAt, textAt } from '../payments/json-path.ts'
import type { PaymentProvider, ProviderPayment } from '../payments/payment-provider.ts'
import { requestJson } from '../payments/request-json.ts'
import { type CoinbaseKey, coinbaseSigner } from './coinbase-token.ts'
import { verifyWebhook } from './verify-webhook.ts'

/** Options of the provider. */
export interface CoinbaseProviderOptions {
  readonly key: CoinbaseKey
  /** Signs webhooks. Undefined to reject them. */
  readonly webhookSecret?: string | undefined
  readonly clock: Clock
  /** Defaults to "https://business.coinbase.com". */
  readonly url?: string | undefined
  /** Sends requests. Defaults to the `fetch` of the runtime. */
  readonly send?: typeof fetch
}

const NAME = 'coinbase'
const COINBASE_URL = 'https://business.coinbase.com'
const CHECKOUTS = '/api/v1/checkouts'
const CURRENCIES: ReadonlySet<string> = new Set(['USD', 'EUR', 'GBP', 'SGD'])

const OPTIONS = inputShape<CoinbaseProviderOptions>({ key: 'object', webhookSecret: 'text?', clock: 'object', url: 'text?', send: 'function?' })
const KEY = inputShape<CoinbaseKey>({ id: 'text', secret: 'text' })

/** Payments with Coinbase: checkouts, which the payer pays on a page of Coinbase. Each takes one payment. */
export function coinbaseProvider(options: CoinbaseProviderOptions): PaymentProvider {
  checkShape(OPTIONS, options)
  checkShape(KEY, options.key, 'key')
  const { key, webhookSecret, clock, url = COINBASE_URL, send = fetch } = options
  const signer = coinbaseSigner(key)
  const { host } = new URL(url)

  function call(method: 'GET' | 'POST', path: string, { body, requestId }: { body?: object; requestId?: string } = {}): Promise<unknown> {
    const token = signer.token(`${method} ${host}${path}`, Math.floor(clock.now().epochMilliseconds / 1_000))
    return requestJson(send, {
      provider: NAME,
      method,
      url: `${url}${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(requestId !== undefined && { 'x-idempotency-key': requestId }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      reasonOf: error => textAt(error, 'errorMessage') ?? textAt(error, 'message'),
    })
  }
  const pathOf = ({ providerPaymentId }: ProviderPayment) => `${CHECKOUTS}/${encodeURIComponent(providerPaymentId)}`

  return {
    name: NAME,
    async start({ tenantId, paymentId, providerPaymentId, amount, currency, description, returnUrl, cancelUrl }) {
      if (!CURRENCIES.has(currency)) {
        throw new PaymentProviderFailed(NAME, `it takes ${[...CURRENCIES].join(', ')}, and not ${currency}`, { isTemporary: false })
      }
      const body = {
        amount: amount.toFixed(2),
        currency,
        description,
        metadata: { tollgateTenant: tenantId, tollgatePayment: paymentId },
        ...(returnUrl !== null && { successRedirectUrl: returnUrl }),
        ...(cancelUrl !== null && { failRedirectUrl: cancelUrl }),
      }
      const checkout =
        providerPaymentId === null
          ? await call('POST', CHECKOUTS, { body, requestId: paymentId })
          : await call('GET', pathOf({ tenantId, paymentId, providerPaymentId }))
      const id = textAt(checkout, 'id')
      if (id === undefined) throw new PaymentProviderFailed(NAME, 'a checkout without an id', { isTemporary: true })
      return { providerPaymentId: id, clientSecret: null, redirectUrl: textAt(checkout, 'url') ?? null }
    },
    complete: async payment => eventsOf(await call('GET', pathOf(payment)), clock.now()),
    async refund({ refundId, amount, currency, ...payment }) {
      const known = refundWith(await call('GET', pathOf(payment)), refundId)
      const made =
        known ??
        refundWith(
          await call('POST', `${pathOf(payment)}/refund`, {
            // The reason finds the refund again, because Coinbase keeps no id of ours with it.
            body: { amount: amount.toFixed(2), currency, reason: reasonOf(refundId) },
            requestId: refundId,
          }),
          refundId,
        )
      if (made === undefined) throw new PaymentProviderFailed(NAME, 'a refund without an id', { isTemporary: true })
      return { providerRefundId: textAt(made, 'id') ?? '', ...refundResult(made) }
    },
    async readWebhook(webhook) {
      if (webhookSecret === undefined) throw new PaymentWebhookRejected(NAME, 'no secret is set for webhooks')
      verifyWebhook(webhook, webhookSecret)
      return eventsOf(parsed(webhook.body), webhook.receivedAt)
    },
  }
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch (error) {
    throw new PaymentWebhookRejected(NAME, 'its body is not JSON', { cause: error })
  }
}

function reasonOf(refundId: string): string {
  return `Refund ${refundId}`
}

function refundWith(response: unknown, refundId: string): unknown {
  const refunds = [...listAt(response, 'refunds'), ...listAt(response, 'checkout', 'refunds')]
  return refunds.find(refund => textAt(refund, 'reason') === reasonOf(refundId))
}

/** Returns what a checkout says of its payment and refunds. Each state of them is an event of its own. */
function eventsOf(checkout: unknown, receivedAt: Temporal.Instant): readonly ProviderEvent[] {
  const providerPaymentId = textAt(checkout, 'id')
  const [tenantId, paymentId] = [textAt(checkout, 'metadata', 'tollgateTenant'), textAt(checkout, 'metadata', 'tollgatePayment')]
  if (providerPaymentId === undefined || tenantId === undefined || paymentId === undefined) return []
  const occurredAt = parseInstant(textAt(checkout, 'updatedAt') ?? '') ?? receivedAt
  const eventOf = (id: string, change: PaymentChange): ProviderEvent => ({ id, tenantId, paymentId, providerPaymentId, occurredAt, change })
  const change = paymentChange(checkout)
  return [
    ...(change === undefined ? [] : [eventOf(`${providerPaymentId} ${change.kind}`, change)]),
    ...listAt(checkout, 'refunds').flatMap(refund => {
      const refunded = refundChange(refund)
      return refunded === undefined ? [] : [eventOf(`${refunded.providerRefundId} ${refunded.status}`, refunded)]
    }),
  ]
}

function paymentChange(checkout: unknown): PaymentChange | undefined {
  switch (textAt(checkout, 'status')) {
    case 'COMPLETED':
    case 'REFUNDED':
    case 'PARTIALLY_REFUNDED': {
      const amount = parseDecimal(textAt(checkout, 'fiatAmount') ?? textAt(checkout, 'amount') ?? '')
      const currency = textAt(checkout, 'fiatCurrency') ?? textAt(checkout, 'currency')
      return amount === undefined || currency === undefined ? undefined : { kind: 'succeeded', amount, currency }
    }
    case 'FAILED':
      return { kind: 'failed', message: 'The payment failed.' }
    case 'EXPIRED':
      return { kind: 'failed', message: 'The checkout expired.' }
    case 'DEACTIVATED':
      return { kind: 'failed', message: 'The checkout was deactivated.' }
    default:
      return undefined
  }
}

function refundChange(refund: unknown): Extract<PaymentChange, { kind: 'refund' }> | undefined {
  const providerRefundId = textAt(refund, 'id')
  const amount = parseDecimal(textAt(refund, 'fiatAmount') ?? textAt(refund, 'amount') ?? '')
  if (providerRefundId === undefined || amount === undefined) return undefined
  const [, refundId = null] = /^Refund ([\da-f-]{36})$/.exec(textAt(refund, 'reason') ?? '') ?? []
  return { kind: 'refund', refundId, providerRefundId, amount, ...refundResult(refund) }
}

function refundResult(refund: unknown): { readonly status: 'pending' | 'succeeded' | 'failed'; readonly message: string | null } {
  const status = textAt(refund, 'status')
  if (status === 'COMPLETED') return { status: 'succeeded', message: null }
  return status === 'FAILED' ? { status: 'failed', message: 'Coinbase could not make the refund.' } : { status: 'pending', message: null }
}
