import { lookup as lookupName } from 'node:dns'
import { type ClientRequest, request as requestHttp, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'
import type { WebhookAnswer, WebhookRequest, WebhookSender } from './webhook-sender.ts'

/** How it goes about it. */
export interface HttpWebhookSenderOptions {
  readonly timeoutMs?: number
  /** Whom it asks for the addresses of a name. */
  readonly lookup?: Lookup
}

type Lookup = typeof lookupName

/** From looking up the name to the last byte that is read. */
const TIMEOUT_MS = 15_000
/** Of the answer's body, so much is read and thrown away, for the receiver's sake; then the connection is cut. */
const MAX_BODY_BYTES = 64 * 1024

/**
 * Sends over HTTP/1.1, each request on a connection of its own. Redirects are not followed: they are answers as others.
 * Names are looked up once, and the connection goes to the very addresses that were judged: a name cannot mean one thing
 * when it is checked and another when it is used.
 */
export function httpWebhookSender({ timeoutMs = TIMEOUT_MS, lookup = lookupName }: HttpWebhookSenderOptions = {}): WebhookSender {
  return {
    async send(webhook) {
      const timeout = AbortSignal.timeout(timeoutMs)
      try {
        return await exchange(webhook, AbortSignal.any([timeout, webhook.signal]), lookup)
      } catch (error) {
        if (webhook.signal.aborted) throw webhook.signal.reason
        return { statusCode: null, error: timeout.aborted ? `No answer within ${timeoutMs / 1_000} s.` : describeFailure(error as Error) }
      }
    },
  }
}

function exchange({ url: text, headers, body, allowPrivate }: WebhookRequest, signal: AbortSignal, lookup: Lookup): Promise<WebhookAnswer> {
  const url = new URL(text)
  if (url.protocol !== 'https:' && !allowPrivate) throw new NotAllowed('http is not allowed, only https.')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) throw new NotAllowed(NOT_PUBLIC)
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    agent: false,
    signal,
    lookup: allowPrivate ? lookup : publicOnly(lookup),
  }
  return new Promise((resolve, reject) => {
    let isAnswered = false
    const request: ClientRequest = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, response => {
      const answer = { statusCode: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null }
      isAnswered = true
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > MAX_BODY_BYTES) response.destroy()
      })
      // However the body ends: what the receiver thinks of the webhook, it has said before.
      response.on('error', () => {})
      response.once('close', () => resolve(answer))
    })
    request.on('error', error => {
      if (!isAnswered) reject(error)
    })
    request.end(body)
  })
}

class NotAllowed extends Error {}

const NOT_PUBLIC = 'Its address is not public; private addresses are not allowed.'

/** Looks names up, and knows only those that are public. */
function publicOnly(lookup: Lookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      // One that is not public condemns the name: whoever mixes them means no good, or made a mistake.
      if (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address))) return callback(new NotAllowed(NOT_PUBLIC), '')
      const [first] = addresses
      if (options.all === true) callback(null, addresses)
      else callback(null, first?.address ?? '', first?.family)
    })
  }
}

const REASONS: Record<string, string> = {
  ENOTFOUND: 'Its host name is not known.',
  EAI_AGAIN: 'Its host name could not be looked up.',
  ECONNREFUSED: 'It refuses connections.',
  ECONNRESET: 'It closed the connection without an answer.',
  EPIPE: 'It closed the connection without an answer.',
  EHOSTUNREACH: 'It cannot be reached.',
  ENETUNREACH: 'It cannot be reached.',
  ETIMEDOUT: 'It cannot be reached.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate is signed by an authority that is not known.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate is signed by an authority that is not known.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another host.',
}

/** What a tenant may read: no address, which would tell what is in our network. */
function describeFailure(error: Error): string {
  if (error instanceof NotAllowed) return error.message
  const { code = '' } = (error instanceof AggregateError ? (error.errors[0] as Error) : error) as { code?: string }
  return REASONS[code] ?? (code.startsWith('HPE_') ? 'It does not speak HTTP.' : `The connection failed${/^\w+$/.test(code) ? ` (${code})` : ''}.`)
}
