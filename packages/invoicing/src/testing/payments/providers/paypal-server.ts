import type { SettableClock } from '@tollgate/kernel'
import type { ProviderWebhook } from '../../../payments/payment-provider.ts'
import { type LocalProviderServer, type ProviderAnswer, type ProviderRequest, startLocalProvider } from './local-provider-server.ts'

/** A local server that speaks like PayPal: access tokens, orders, captures, refunds, request ids and the verification of webhooks. */
export interface PayPalServer extends LocalProviderServer {
  readonly clientId: string
  readonly clientSecret: string
  readonly webhookId: string
  /** The payer approves the order; it is captured by us. */
  approve(orderId: string): readonly ProviderWebhook[]
  /** The capture of an order completes. */
  pay(orderId: string): readonly ProviderWebhook[]
  decline(orderId: string): readonly ProviderWebhook[]
  refund(orderId: string, amount: string): readonly ProviderWebhook[]
  payForeign(): readonly ProviderWebhook[]
  counts(): { readonly payments: number; readonly refunds: number; readonly tokens: number }
}

interface Amount {
  readonly currency_code: string
  readonly value: string
}

interface Order {
  readonly id: string
  readonly amount: Amount
  readonly customId: string
  status: 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED'
  captureId: string | undefined
}

/** Starts the server. */
export async function startPayPalServer(clock: SettableClock): Promise<PayPalServer> {
  const clientId = 'client'
  const clientSecret = 'secret'
  const webhookId = 'WH-1'
  const orders = new Map<string, Order>()
  const answers = new Map<string, ProviderAnswer>()
  const signed = new Map<string, string>()
  let refunds = 0
  let tokens = 0
  let events = 0

  const server = await startLocalProvider(request => {
    if (request.path === '/v1/oauth2/token') return token(request)
    if (request.headers.authorization !== `Bearer token-${tokens}`) return failed(401, 'Token signature verification failed')
    const key = request.headers['paypal-request-id']
    const known = typeof key === 'string' ? answers.get(key) : undefined
    if (known !== undefined) return known
    const made = answer(request)
    if (typeof key === 'string') answers.set(key, made)
    return made
  })

  function token({ headers, body }: ProviderRequest): ProviderAnswer {
    const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
    if (headers.authorization !== expected || body !== 'grant_type=client_credentials')
      return { status: 401, json: { error_description: 'Client Authentication failed' } }
    tokens += 1
    return { status: 200, json: { access_token: `token-${tokens}`, token_type: 'Bearer', expires_in: 32_400 } }
  }

  function answer({ method, path, body }: ProviderRequest): ProviderAnswer {
    const [, version, area, kind, id = '', action] = path.split('/')
    if (path === '/v1/notifications/verify-webhook-signature') return verified(body)
    if (version !== 'v2') return failed(404, 'The specified resource does not exist.')
    if (area === 'checkout' && kind === 'orders') {
      if (method === 'POST' && id === '') return create(JSON.parse(body) as OrderRequest)
      const order = orders.get(id)
      if (order === undefined) return failed(404, 'The specified resource does not exist.')
      if (action !== 'capture') return { status: 200, json: shown(order) }
      if (order.status !== 'APPROVED') return failed(422, 'Payer has not yet approved the Order for payment.')
      capture(order)
      return { status: 201, json: shown(order) }
    }
    const order = [...orders.values()].find(({ captureId }) => captureId === id)
    if (order === undefined) return failed(404, 'The specified resource does not exist.')
    if (action !== 'refund') return { status: 200, json: captureOf(order) }
    const request = JSON.parse(body) as { amount: Amount; invoice_id?: string; custom_id?: string }
    return { status: 201, json: refundOf(order, request) }
  }

  function create({ purchase_units: [unit] }: OrderRequest): ProviderAnswer {
    if (unit === undefined) return failed(400, 'Request is not well-formed.')
    const order: Order = { id: `ORDER${orders.size + 1}`, amount: unit.amount, customId: unit.custom_id, status: 'PAYER_ACTION_REQUIRED', captureId: undefined }
    orders.set(order.id, order)
    return { status: 200, json: shown(order) }
  }

  /** PayPal verifies the bytes of the event that are in the request. */
  function verified(body: string): ProviderAnswer {
    const fields = JSON.parse(body) as Record<string, string>
    const event = body.slice(body.indexOf('"webhook_event":') + '"webhook_event":'.length, -1)
    const isGenuine = fields['webhook_id'] === webhookId && signed.get(fields['transmission_id'] ?? '') === event && fields['transmission_sig'] === 'signature'
    return { status: 200, json: { verification_status: isGenuine ? 'SUCCESS' : 'FAILURE' } }
  }

  function capture(order: Order): void {
    order.status = 'COMPLETED'
    order.captureId ??= `CAPTURE${order.id}`
  }

  function captureOf(order: Order, status = 'COMPLETED') {
    return {
      id: order.captureId ?? `DECLINED${order.id}`,
      status,
      amount: order.amount,
      custom_id: order.customId,
      supplementary_data: { related_ids: { order_id: order.id } },
      ...(status === 'DECLINED' && { status_details: { reason: 'DECLINED_BY_RISK_FRAUD_FILTERS' } }),
    }
  }

  function refundOf(order: Order, { amount, invoice_id }: { readonly amount: Amount; readonly invoice_id?: string }) {
    refunds += 1
    const links = [{ rel: 'up', href: `https://api-m.paypal.com/v2/payments/captures/${order.captureId ?? ''}` }]
    return { id: `REFUND${refunds}`, status: 'COMPLETED', amount, links, ...(invoice_id !== undefined && { invoice_id }) }
  }

  function shown(order: Order) {
    const payments = order.captureId === undefined ? {} : { payments: { captures: [captureOf(order)] } }
    return {
      id: order.id,
      status: order.status,
      purchase_units: [{ amount: order.amount, custom_id: order.customId, ...payments }],
      links: [{ rel: 'payer-action', href: `https://www.paypal.com/checkoutnow?token=${order.id}` }],
    }
  }

  function required(orderId: string): Order {
    const order = orders.get(orderId)
    if (order === undefined) throw new Error(`There is no order ${orderId}`)
    return order
  }

  function webhook(type: string, resource: object): ProviderWebhook {
    events += 1
    // Not as JSON.stringify would write it again: a verification must send these bytes.
    const text = JSON.stringify({ id: `WH-EVENT-${events}`, event_type: type, create_time: clock.now().toString(), resource }, null, 1)
    signed.set(`transmission-${events}`, text)
    const headers = {
      'paypal-auth-algo': 'SHA256withRSA',
      'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-1',
      'paypal-transmission-id': `transmission-${events}`,
      'paypal-transmission-sig': 'signature',
      'paypal-transmission-time': clock.now().toString(),
    }
    return { headers, body: new TextEncoder().encode(text), receivedAt: clock.now() }
  }

  return {
    ...server,
    clientId,
    clientSecret,
    webhookId,
    approve(orderId) {
      const order = required(orderId)
      order.status = 'APPROVED'
      return [webhook('CHECKOUT.ORDER.APPROVED', shown(order))]
    },
    pay(orderId) {
      const order = required(orderId)
      capture(order)
      return [webhook('PAYMENT.CAPTURE.COMPLETED', captureOf(order))]
    },
    decline: orderId => [webhook('PAYMENT.CAPTURE.DENIED', captureOf(required(orderId), 'DECLINED'))],
    refund(orderId, value) {
      const order = required(orderId)
      return [webhook('PAYMENT.CAPTURE.REFUNDED', refundOf(order, { amount: { ...order.amount, value } }))]
    },
    payForeign: () => [
      webhook('PAYMENT.CAPTURE.COMPLETED', { id: 'CAPTUREX', status: 'COMPLETED', amount: { currency_code: 'USD', value: '5.00' } }),
      webhook('BILLING.SUBSCRIPTION.CREATED', { id: 'I-1' }),
    ],
    counts: () => ({ payments: orders.size, refunds, tokens }),
  }
}

interface OrderRequest {
  readonly purchase_units: readonly { readonly amount: Amount; readonly custom_id: string }[]
}

function failed(status: number, description: string): ProviderAnswer {
  return { status, json: { name: 'ERROR', message: 'The request failed.', details: [{ description }] } }
}
