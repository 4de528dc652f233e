import { checkShape, inputShape } from '@tollgate/kernel/input'
import { lookup as lookupName } from 'node:dns'
import { type ClientRequest, request as requestHttp, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isMetadataAddress, isPublicAddress } from '../model/public-address.ts'
import type { WebhookRequest, WebhookSender } from '../webhook-sender.ts'
import { AddressNotAllowed, describeFailure, NoPublicAddress } from './describe-failure.ts'

/** Options of the HTTP sender. */
export interface HttpWebhookSenderOptions {
  /** Time limit from the host name lookup to the last byte read. Defaults to 15 seconds. */
  readonly timeoutMs?: number
  /** Looks host names up. Defaults to the system's resolver. */
  readonly lookup?: Lookup
}

type Lookup = typeof lookupName

const TIMEOUT_MS = 15_000
/** Bytes of the response body to read and discard before the connection is closed. */
const MAX_BODY_BYTES = 64 * 1024
const NOT_PUBLIC = 'The address is not public. Private addresses are not allowed.'
const METADATA = 'The address is that of a metadata service, which no webhook may use.'

const OPTIONS = inputShape<HttpWebhookSenderOptions>({ timeoutMs: 'number?', lookup: 'function?' })

/**
 * Sends over HTTP/1.1, with a new connection for each request. Does not follow redirects. Looks a host name up once and
 * connects to the addresses that were checked, so that a name cannot change its address between check and use.
 */
export function httpWebhookSender(options: HttpWebhookSenderOptions = {}): WebhookSender {
  checkShape(OPTIONS, options)
  const { timeoutMs = TIMEOUT_MS, lookup = lookupName } = options
  return {
    async send(request) {
      const timeout = AbortSignal.timeout(timeoutMs)
      const started = performance.now()
      const durationMs = () => Math.round(performance.now() - started)
      try {
        return { ...(await exchange(request, AbortSignal.any([timeout, request.signal]), lookup)), durationMs: durationMs() }
      } catch (error) {
        if (request.signal.aborted) throw request.signal.reason
        const reason = timeout.aborted ? `No response within ${timeoutMs / 1_000} s.` : describeFailure(error as Error, request)
        return { statusCode: null, error: reason, durationMs: durationMs() }
      }
    },
  }
}

interface StatusLine {
  readonly statusCode: number
  readonly retryAfter: string | null
}

function exchange({ url: text, headers, body, allowPrivate }: WebhookRequest, signal: AbortSignal, lookup: Lookup): Promise<StatusLine> {
  const url = new URL(text)
  if (url.protocol !== 'https:' && !allowPrivate) throw new AddressNotAllowed('http is not allowed. Use https.')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(host) !== 0) {
    if (!allowPrivate && !isPublicAddress(host)) throw new AddressNotAllowed(NOT_PUBLIC)
    if (isMetadataAddress(host)) throw new AddressNotAllowed(METADATA)
  }
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    agent: false,
    signal,
    lookup: checkedLookup(lookup, allowPrivate),
  }
  return new Promise((resolve, reject) => {
    let hasResponse = false
    const request: ClientRequest = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, response => {
      const status = { statusCode: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null }
      hasResponse = true
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > MAX_BODY_BYTES) response.destroy()
      })
      // The status counts, however the body ends.
      response.on('error', () => {})
      response.once('close', () => resolve(status))
    })
    request.on('error', error => {
      if (!hasResponse) reject(error)
    })
    request.end(body)
  })
}

/** Looks names up, and refuses those with an address of a metadata service or, unless private ones are allowed, one that is not public. */
function checkedLookup(lookup: Lookup, allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      if (!allowPrivate && (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address)))) return callback(new NoPublicAddress(), '')
      if (addresses.some(({ address }) => isMetadataAddress(address))) return callback(new AddressNotAllowed(METADATA), '')
      const [first] = addresses
      if (options.all === true) callback(null, addresses)
      else callback(null, first?.address ?? '', first?.family)
    })
  }
}
