import { createHmac, timingSafeEqual } from 'node:crypto'
import { PaymentWebhookRejected } from '../model/payments/payment-errors.ts'
import type { ProviderWebhook } from '../payments/payment-provider.ts'

/** A webhook that was signed longer ago, or later than now, is rejected. */
const MAX_AGE_SECONDS = 300

/**
 * Verifies the header `X-Hook0-Signature` of a webhook: "t=<seconds>,h=<names of headers>,v1=<HMAC>". The HMAC is over the time, the names of
 * headers, their values and the body, joined by dots. Throws `PaymentWebhookRejected`.
 */
export function verifyWebhook({ headers, body, receivedAt }: ProviderWebhook, secret: string): void {
  const header = headers['x-hook0-signature']
  if (header === undefined) throw rejected('it has no signature')
  const fields = new Map(header.split(',').map(field => [field.slice(0, field.indexOf('=')).trim(), field.slice(field.indexOf('=') + 1)]))
  const [time, names, signature] = [fields.get('t'), fields.get('h') ?? '', fields.get('v1')]
  if (time === undefined || signature === undefined || !/^\d{1,12}$/.test(time)) throw rejected('its signature is not readable')
  const values = names.split(' ').map(name => headers[name.toLowerCase()] ?? '')
  const hmac = createHmac('sha256', secret)
    .update(`${time}.${names}.${values.join('.')}.`)
    .update(body)
    .digest()
  const given = Buffer.from(signature, 'hex')
  if (given.length !== hmac.length || !timingSafeEqual(given, hmac)) throw rejected('its signature does not match')
  const age = receivedAt.epochMilliseconds / 1_000 - Number(time)
  if (Math.abs(age) > MAX_AGE_SECONDS) throw rejected(`it was not signed within ${MAX_AGE_SECONDS} seconds`)
}

function rejected(reason: string): PaymentWebhookRejected {
  return new PaymentWebhookRejected('coinbase', reason)
}
