import { createHmac } from 'node:crypto'
import type { Clock } from '@tollgate/kernel'
import type { ProviderWebhook } from '../../../payments/payment-provider.ts'
import { type LocalProviderServer, type ProviderAnswer, type ProviderRequest, startLocalProvider } from './local-provider-server.ts'

/** A local server that speaks like Stripe: customers, payment intents, refunds, idempotency keys and signed webhooks. */
export interface StripeServer extends LocalProviderServer {
  readonly secretKey: string
  readonly webhookSecret: string
  pay(intentId: string): readonly ProviderWebhook[]
  decline(intentId: string): readonly ProviderWebhook[]
  refund(intentId: string, amount: string): readonly ProviderWebhook[]
  /** The bank of the payer takes money back, and may return it. */
  dispute(intentId: string, what: 'funds_withdrawn' | 'funds_reinstated'): readonly ProviderWebhook[]
  payForeign(): readonly ProviderWebhook[]
  /** Forgets idempotency keys, as Stripe does after a day. */
  forgetKeys(): void
  counts(): { readonly payments: number; readonly refunds: number; readonly customers: number }
}

interface Intent {
  readonly id: string
  readonly amount: number
  readonly currency: string
  readonly metadata: Readonly<Record<string, string>>
  status: string
}

interface Refund {
  readonly id: string
  readonly amount: number
  readonly payment_intent: string
  readonly metadata: Readonly<Record<string, string>>
}

/** Starts the server. */
export async function startStripeServer(clock: Clock): Promise<StripeServer> {
  const secretKey = 'sk_test_local'
  const webhookSecret = 'whsec_local'
  const intents = new Map<string, Intent>()
  const refunds: Refund[] = []
  const answers = new Map<string, { readonly request: string; readonly answer: ProviderAnswer }>()
  let customers = 0
  let events = 0

  const server = await startLocalProvider(request => {
    if (request.headers.authorization !== `Bearer ${secretKey}`) return failed(401, 'Invalid API Key provided')
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string') return answer(request)
    const known = answers.get(key)
    const text = `${request.method} ${request.path} ${request.body}`
    if (known !== undefined)
      return known.request === text ? known.answer : failed(400, 'Keys for idempotent requests can only be used with the same parameters.')
    const made = answer(request)
    answers.set(key, { request: text, answer: made })
    return made
  })

  function answer({ method, path, body }: ProviderRequest): ProviderAnswer {
    const form = new URLSearchParams(body)
    const metadata = Object.fromEntries([...form].flatMap(([name, value]) => (name.startsWith('metadata[') ? [[name.slice(9, -1), value]] : [])))
    const [, , resource = '', id] = path.replace(/\?.*/, '').split('/')
    if (method === 'POST' && resource === 'customers') {
      customers += 1
      return { status: 200, json: { id: `cus_${customers}`, object: 'customer', name: form.get('name'), email: form.get('email') } }
    }
    if (method === 'POST' && resource === 'payment_intents') {
      if (form.get('customer') === null) return failed(400, 'No customer')
      const intent: Intent = {
        id: `pi_${intents.size + 1}`,
        amount: Number(form.get('amount')),
        currency: form.get('currency') ?? '',
        metadata,
        status: 'requires_payment_method',
      }
      intents.set(intent.id, intent)
      return { status: 200, json: shown(intent) }
    }
    if (method === 'GET' && resource === 'payment_intents') {
      const intent = intents.get(id ?? '')
      return intent === undefined ? failed(404, 'No such payment_intent') : { status: 200, json: shown(intent) }
    }
    if (method === 'POST' && resource === 'refunds') {
      const intentId = form.get('payment_intent') ?? ''
      if (intents.get(intentId)?.status !== 'succeeded') return failed(400, 'This PaymentIntent does not have a successful charge to refund.')
      return { status: 200, json: refundOf(add(intentId, Number(form.get('amount')), metadata)) }
    }
    if (method === 'GET' && resource === 'refunds') {
      const intentId = new URL(path, 'http://stripe').searchParams.get('payment_intent')
      return { status: 200, json: { object: 'list', has_more: false, data: refunds.filter(refund => refund.payment_intent === intentId).map(refundOf) } }
    }
    return failed(404, `Unrecognized request URL (${method}: ${path})`)
  }

  function add(intentId: string, amount: number, metadata: Readonly<Record<string, string>>): Refund {
    const refund: Refund = { id: `re_${refunds.length + 1}`, amount, payment_intent: intentId, metadata }
    refunds.push(refund)
    return refund
  }

  function refundOf(refund: Refund) {
    return { object: 'refund', ...refund, currency: required(refund.payment_intent).currency, status: 'succeeded' }
  }

  function shown(intent: Intent) {
    const received = intent.status === 'succeeded' ? intent.amount : 0
    return { object: 'payment_intent', ...intent, amount_received: received, client_secret: `${intent.id}_secret_1` }
  }

  function required(intentId: string): Intent {
    const intent = intents.get(intentId)
    if (intent === undefined) throw new Error(`There is no payment intent ${intentId}`)
    return intent
  }

  function webhook(type: string, object: object): ProviderWebhook {
    events += 1
    const seconds = Math.floor(clock.now().epochMilliseconds / 1_000)
    const text = JSON.stringify({ id: `evt_${events}`, object: 'event', api_version: '2026-10-28', created: seconds, type, data: { object } })
    const signature = createHmac('sha256', webhookSecret).update(`${seconds}.${text}`).digest('hex')
    return { headers: { 'stripe-signature': `t=${seconds},v1=${signature}` }, body: new TextEncoder().encode(text), receivedAt: clock.now() }
  }

  return {
    ...server,
    secretKey,
    webhookSecret,
    pay(intentId) {
      const intent = required(intentId)
      intent.status = 'succeeded'
      return [webhook('payment_intent.created', shown(intent)), webhook('payment_intent.succeeded', shown(intent))]
    },
    decline: intentId => [
      webhook('payment_intent.payment_failed', { ...shown(required(intentId)), last_payment_error: { message: 'Your card was declined.' } }),
    ],
    refund(intentId, amount) {
      const refund = add(intentId, Math.round(Number(amount) * 100), {})
      return [webhook('refund.created', { ...refundOf(refund), status: 'pending' }), webhook('refund.updated', refundOf(refund))]
    },
    dispute(intentId, what) {
      const { amount, currency } = required(intentId)
      return [webhook(`charge.dispute.${what}`, { object: 'dispute', id: `dp_${intentId}`, amount, currency, payment_intent: intentId })]
    },
    payForeign: () => [
      webhook('payment_intent.succeeded', { object: 'payment_intent', id: 'pi_foreign', amount_received: 500, currency: 'usd', metadata: {} }),
    ],
    forgetKeys: () => answers.clear(),
    counts: () => ({ payments: intents.size, refunds: refunds.length, customers }),
  }
}

function failed(status: number, message: string): ProviderAnswer {
  return { status, json: { error: { type: 'invalid_request_error', message } } }
}
