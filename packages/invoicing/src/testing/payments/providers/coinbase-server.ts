import { createHmac, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import type { SettableClock } from '@tollgate/kernel'
import type { ProviderWebhook } from '../../../payments/payment-provider.ts'
import { type LocalProviderServer, type ProviderAnswer, type ProviderRequest, startLocalProvider } from './local-provider-server.ts'

/** A local server that speaks like Coinbase: checkouts, refunds, tokens that are signed for one request, and signed webhooks. */
export interface CoinbaseServer extends LocalProviderServer {
  readonly key: { readonly id: string; readonly secret: string }
  readonly webhookSecret: string
  pay(checkoutId: string): readonly ProviderWebhook[]
  decline(checkoutId: string): readonly ProviderWebhook[]
  refund(checkoutId: string, amount: string): readonly ProviderWebhook[]
  payForeign(): readonly ProviderWebhook[]
  counts(): { readonly payments: number; readonly refunds: number }
}

interface Refund {
  readonly id: string
  readonly amount: string
  readonly currency: string
  readonly reason: string
  readonly status: string
}

interface Checkout {
  readonly id: string
  readonly url: string
  readonly amount: string
  readonly currency: string
  readonly metadata: Readonly<Record<string, string>>
  status: string
  readonly refunds: Refund[]
}

/** Starts the server. Its key is one of the two forms that Coinbase gives out. */
export async function startCoinbaseServer(clock: SettableClock, form: 'ES256' | 'Ed25519' = 'ES256'): Promise<CoinbaseServer> {
  const keys = makeKey(form)
  const webhookSecret = 'hook0-secret'
  const checkouts = new Map<string, Checkout>()
  const answers = new Map<string, ProviderAnswer>()
  let refunds = 0

  const server = await startLocalProvider(request => {
    if (!isSigned(request)) return failed(401, 'Unauthorized')
    const idempotencyKey = request.headers['x-idempotency-key']
    const known = typeof idempotencyKey === 'string' ? answers.get(idempotencyKey) : undefined
    if (known !== undefined) return known
    const made = answer(request)
    if (typeof idempotencyKey === 'string') answers.set(idempotencyKey, made)
    return made
  })

  function isSigned({ method, path, headers }: ProviderRequest): boolean {
    const token = (headers.authorization ?? '').replace('Bearer ', '')
    const [header = '', claims = '', signature = ''] = token.split('.')
    const { uris, nbf, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { uris: string[]; nbf: number; exp: number; sub: string }
    const now = clock.now().epochMilliseconds / 1_000
    const isFor = uris[0] === `${method} ${headers.host ?? ''}${path}` && sub === keys.id && nbf <= now && now < exp
    const publicKey = createPublicKey(keys.publicKey)
    const key = form === 'ES256' ? ({ key: publicKey, dsaEncoding: 'ieee-p1363' } as const) : publicKey
    return isFor && verify(form === 'ES256' ? 'sha256' : null, Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))
  }

  function answer({ method, path, body }: ProviderRequest): ProviderAnswer {
    const [, , , , id = '', action] = path.split('/')
    if (method === 'POST' && id === '') {
      const { amount, currency, metadata } = JSON.parse(body) as Pick<Checkout, 'amount' | 'currency' | 'metadata'>
      const made = `68f7a946db0529ea9b6d3a${(10 + checkouts.size).toString(16).padStart(2, '0')}`
      const checkout: Checkout = {
        id: made,
        url: `https://payments.coinbase.com/payment-links/${made}`,
        amount,
        currency,
        metadata,
        status: 'ACTIVE',
        refunds: [],
      }
      checkouts.set(made, checkout)
      return { status: 201, json: checkout }
    }
    const checkout = checkouts.get(id)
    if (checkout === undefined) return failed(404, 'Checkout not found')
    if (action !== 'refund') return { status: 200, json: checkout }
    if (checkout.status !== 'COMPLETED') return failed(400, 'Only completed checkouts can be refunded')
    add(checkout, JSON.parse(body) as Pick<Refund, 'amount' | 'reason'>)
    return { status: 200, json: { checkout } }
  }

  function add(checkout: Checkout, { amount, reason }: Pick<Refund, 'amount' | 'reason'>): void {
    refunds += 1
    checkout.refunds.push({ id: `refund-${refunds}`, amount, currency: checkout.currency, reason, status: 'COMPLETED' })
  }

  function required(checkoutId: string): Checkout {
    const checkout = checkouts.get(checkoutId)
    if (checkout === undefined) throw new Error(`There is no checkout ${checkoutId}`)
    return checkout
  }

  function webhook(eventType: string, checkout: object): ProviderWebhook {
    const text = JSON.stringify({ eventType, ...checkout, updatedAt: clock.now().toString() })
    const seconds = Math.floor(clock.now().epochMilliseconds / 1_000)
    const names = 'content-type x-event-id'
    const signature = createHmac('sha256', webhookSecret).update(`${seconds}.${names}.application/json.event-1.${text}`).digest('hex')
    const headers = { 'content-type': 'application/json', 'x-event-id': 'event-1', 'x-hook0-signature': `t=${seconds},h=${names},v1=${signature}` }
    return { headers, body: new TextEncoder().encode(text), receivedAt: clock.now() }
  }

  return {
    ...server,
    key: { id: keys.id, secret: keys.secret },
    webhookSecret,
    pay(checkoutId) {
      const checkout = required(checkoutId)
      checkout.status = 'COMPLETED'
      return [webhook('checkout.payment.success', checkout)]
    },
    decline(checkoutId) {
      return [webhook('checkout.payment.failed', { ...required(checkoutId), status: 'FAILED' })]
    },
    refund(checkoutId, amount) {
      const checkout = required(checkoutId)
      add(checkout, { amount, reason: 'by hand' })
      return [webhook('checkout.refund.success', { ...checkout, status: 'REFUNDED' })]
    },
    payForeign: () => [webhook('checkout.payment.success', { id: 'foreign', status: 'COMPLETED', amount: '5.00', currency: 'USDC' })],
    counts: () => ({ payments: checkouts.size, refunds }),
  }
}

function makeKey(form: 'ES256' | 'Ed25519') {
  const id = 'organizations/1/apiKeys/2'
  if (form === 'ES256') {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return {
      id,
      secret: privateKey.export({ type: 'sec1', format: 'pem' }),
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }),
    }
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const seed = privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-32)
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  return { id, secret: Buffer.concat([seed, point]).toString('base64'), publicKey: publicKey.export({ type: 'spki', format: 'pem' }) }
}

function failed(status: number, errorMessage: string): ProviderAnswer {
  return { status, json: { errorType: 'invalid_request', errorMessage } }
}
