import { checkShape, inputShape } from '@tollgate/kernel/input'
import { type Clock, minorUnits } from '@tollgate/kernel'
import { PaymentProviderFailed, PaymentWebhookRejected } from '../model/payments/payment-errors.ts'
import type { ProviderEvent } from '../model/payments/provider-event.ts'
import { jsonAt, listAt, textAt } from '../payments/json-path.ts'
import type { PaymentProvider, ProviderWebhook } from '../payments/payment-provider.ts'
import { type PayPalAccount, type PayPalApi, paypalApi } from './paypal-api.ts'
import { captureOf, changeOfRefund, customIdOf, eventOfCapture, linkedId, type PaymentReference, readCustomId, refundResult, timeOf } from './paypal-events.ts'

/** Options of the provider. */
export interface PayPalProviderOptions extends PayPalAccount {
  /** PayPal's id of the webhook. Undefined to reject webhooks. */
  readonly webhookId?: string | undefined
  readonly clock: Clock
  /** Sends requests. Defaults to the `fetch` of the runtime. */
  readonly send?: typeof fetch
}

const NAME = 'paypal'
/** The links of an order that the payer follows. */
const PAYER_LINKS: ReadonlySet<string> = new Set(['payer-action', 'approve'])
/** The headers that PayPal signs a webhook with, and their names in a request to verify it. */
const SIGNATURE: readonly (readonly [header: string, field: string])[] = [
  ['paypal-auth-algo', 'auth_algo'],
  ['paypal-cert-url', 'cert_url'],
  ['paypal-transmission-id', 'transmission_id'],
  ['paypal-transmission-sig', 'transmission_sig'],
  ['paypal-transmission-time', 'transmission_time'],
]

const OPTIONS = inputShape<PayPalProviderOptions>({
  clientId: 'text',
  clientSecret: 'text',
  url: 'text?',
  webhookId: 'text?',
  clock: 'object',
  send: 'function?',
})

/** Payments with PayPal: orders, which the payer approves on a page of PayPal, and which are then captured. */
export function paypalProvider(options: PayPalProviderOptions): PaymentProvider {
  checkShape(OPTIONS, options)
  const { webhookId, clock, send = fetch, ...account } = options
  const api = paypalApi(account, { clock, send })
  return {
    name: NAME,
    async start({ tenantId, paymentId, providerPaymentId, amount, currency, description, returnUrl, cancelUrl }) {
      const order =
        providerPaymentId === null
          ? await api.post(
              '/v2/checkout/orders',
              {
                intent: 'CAPTURE',
                purchase_units: [
                  {
                    reference_id: 'default',
                    custom_id: customIdOf({ tenantId, paymentId }),
                    description: description.slice(0, 127),
                    amount: { currency_code: currency, value: amount.toFixed(minorUnits(currency)) },
                  },
                ],
                payment_source: {
                  paypal: {
                    experience_context: {
                      user_action: 'PAY_NOW',
                      shipping_preference: 'NO_SHIPPING',
                      ...(returnUrl !== null && { return_url: returnUrl }),
                      ...(cancelUrl !== null && { cancel_url: cancelUrl }),
                    },
                  },
                },
              },
              `payment-${paymentId}`,
            )
          : await api.get(`/v2/checkout/orders/${encodeURIComponent(providerPaymentId)}`)
      const id = textAt(order, 'id')
      if (id === undefined) throw new PaymentProviderFailed(NAME, 'an order without an id', { isTemporary: true })
      const link = listAt(order, 'links').find(candidate => PAYER_LINKS.has(textAt(candidate, 'rel') ?? ''))
      return { providerPaymentId: id, clientSecret: null, redirectUrl: textAt(link, 'href') ?? null }
    },
    async complete({ tenantId, paymentId, providerPaymentId }) {
      const order = await captured(api, { paymentId, providerPaymentId })
      return eventOfCapture(captureOf(order), { reference: { tenantId, paymentId }, providerPaymentId, occurredAt: clock.now() })
    },
    async refund({ refundId, paymentId, tenantId, providerPaymentId, amount, currency, reason }) {
      const order = await api.get(`/v2/checkout/orders/${encodeURIComponent(providerPaymentId)}`)
      const captureId = textAt(captureOf(order), 'id')
      if (captureId === undefined) throw new PaymentProviderFailed(NAME, 'the order was not captured', { isTemporary: false })
      const refund = await api.post(
        `/v2/payments/captures/${encodeURIComponent(captureId)}/refund`,
        {
          amount: { currency_code: currency, value: amount.toFixed(minorUnits(currency)) },
          custom_id: customIdOf({ tenantId, paymentId }),
          invoice_id: refundId,
          ...(reason !== null && { note_to_payer: reason.slice(0, 255) }),
        },
        `refund-${refundId}`,
      )
      return { providerRefundId: textAt(refund, 'id') ?? '', ...refundResult(refund) }
    },
    async readWebhook(webhook) {
      if (webhookId === undefined) throw new PaymentWebhookRejected(NAME, 'no webhook id is set')
      const event = await verified(api, webhookId, webhook)
      return eventsOf(api, event, webhook)
    },
  }
}

/** Captures an order that the payer has approved. Returns the order as it is, if it was captured before or cannot be yet. */
async function captured(
  api: PayPalApi,
  { paymentId, providerPaymentId }: { readonly paymentId: string; readonly providerPaymentId: string },
): Promise<unknown> {
  const path = `/v2/checkout/orders/${encodeURIComponent(providerPaymentId)}`
  const order = await api.get(path)
  return jsonAt(order, 'status') === 'APPROVED' ? api.post(`${path}/capture`, {}, `capture-${paymentId}`) : order
}

/**
 * Returns the event of a webhook that PayPal says is genuine. The event is part of the request as it arrived: PayPal's signature is over
 * its bytes, which would differ if it was written again.
 */
async function verified(api: PayPalApi, webhookId: string, { headers, body }: ProviderWebhook): Promise<unknown> {
  const text = new TextDecoder().decode(body)
  const event = parsed(text)
  const fields = SIGNATURE.map(([header, field]) => {
    const value = headers[header]
    if (value === undefined) throw new PaymentWebhookRejected(NAME, `it has no header ${header}`)
    return `${JSON.stringify(field)}:${JSON.stringify(value)}`
  })
  const request = `{${fields.join(',')},"webhook_id":${JSON.stringify(webhookId)},"webhook_event":${text}}`
  const result = await api.post('/v1/notifications/verify-webhook-signature', request)
  if (jsonAt(result, 'verification_status') !== 'SUCCESS') throw new PaymentWebhookRejected(NAME, 'PayPal did not send it')
  return event
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new PaymentWebhookRejected(NAME, 'its body is not JSON', { cause: error })
  }
}

async function eventsOf(api: PayPalApi, event: unknown, { receivedAt }: ProviderWebhook): Promise<readonly ProviderEvent[]> {
  const id = textAt(event, 'id')
  const resource = jsonAt(event, 'resource')
  const type = textAt(event, 'event_type')
  if (id === undefined) return []
  const occurredAt = timeOf(event, receivedAt)
  if (type === 'CHECKOUT.ORDER.APPROVED') {
    const reference = readCustomId(textAt(resource, 'purchase_units', 0, 'custom_id'))
    const providerPaymentId = textAt(resource, 'id')
    return reference && providerPaymentId !== undefined ? [{ id, ...reference, providerPaymentId, occurredAt, change: { kind: 'approved' } }] : []
  }
  if (type === 'PAYMENT.CAPTURE.COMPLETED' || type === 'PAYMENT.CAPTURE.DENIED' || type === 'PAYMENT.CAPTURE.DECLINED') {
    const reference = readCustomId(textAt(resource, 'custom_id'))
    return reference ? eventOfCapture(resource, { reference, providerPaymentId: orderOf(resource), occurredAt }) : []
  }
  if (type !== 'PAYMENT.CAPTURE.REFUNDED' && type !== 'PAYMENT.CAPTURE.REVERSED') return []
  const change = changeOfRefund(resource)
  const found = await referenceOfRefund(api, resource)
  return change && found ? [{ id, ...found.reference, providerPaymentId: found.providerPaymentId, occurredAt, change }] : []
}

/** Refunds that were made with PayPal do not say whose payment it is; their capture does. */
async function referenceOfRefund(api: PayPalApi, refund: unknown): Promise<{ reference: PaymentReference; providerPaymentId: string } | undefined> {
  const captureId = linkedId(refund, 'up')
  if (captureId === undefined) return undefined
  const capture = await api.get(`/v2/payments/captures/${encodeURIComponent(captureId)}`)
  const reference = readCustomId(textAt(capture, 'custom_id'))
  return reference && { reference, providerPaymentId: orderOf(capture) }
}

function orderOf(capture: unknown): string {
  return textAt(capture, 'supplementary_data', 'related_ids', 'order_id') ?? textAt(capture, 'id') ?? ''
}
