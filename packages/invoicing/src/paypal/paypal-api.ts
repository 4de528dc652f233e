import type { Clock } from '@tollgate/kernel'
import { textAt } from '../payments/json-path.ts'
import { requestJson } from '../payments/request-json.ts'

/** The PayPal account of the installation. */
export interface PayPalAccount {
  readonly clientId: string
  readonly clientSecret: string
  /** Defaults to "https://api-m.paypal.com". The sandbox is "https://api-m.sandbox.paypal.com". */
  readonly url?: string | undefined
}

/** Calls the REST API of PayPal. */
export interface PayPalApi {
  get(path: string): Promise<unknown>
  /** PayPal answers a repeat with the same request id like the first call. `body` is an object, or JSON text that is sent as it is. */
  post(path: string, body: object | string, requestId?: string): Promise<unknown>
}

const PAYPAL_URL = 'https://api-m.paypal.com'
/** A token is renewed this long before it expires. */
const MARGIN_MS = 60_000

/** Opens the API. Access tokens are kept until they expire. */
export function paypalApi(
  { clientId, clientSecret, url = PAYPAL_URL }: PayPalAccount,
  { clock, send }: { readonly clock: Clock; readonly send: typeof fetch },
): PayPalApi {
  let token: { readonly text: string; readonly until: number } | undefined

  async function accessToken(): Promise<string> {
    const now = clock.now().epochMilliseconds
    if (token !== undefined && token.until > now) return token.text
    const json = await requestJson(send, {
      provider: 'paypal',
      method: 'POST',
      url: `${url}/v1/oauth2/token`,
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
      reasonOf: error => textAt(error, 'error_description'),
    })
    const seconds = Number((json as { expires_in?: unknown } | undefined)?.expires_in ?? 0)
    token = { text: textAt(json, 'access_token') ?? '', until: now + seconds * 1_000 - MARGIN_MS }
    return token.text
  }

  async function call(method: 'GET' | 'POST', path: string, { body, requestId }: { body?: string; requestId?: string | undefined } = {}): Promise<unknown> {
    const headers = {
      authorization: `Bearer ${await accessToken()}`,
      'content-type': 'application/json',
      prefer: 'return=representation',
      ...(requestId !== undefined && { 'paypal-request-id': requestId }),
    }
    return requestJson(send, {
      provider: 'paypal',
      method,
      url: `${url}${path}`,
      headers,
      ...(body !== undefined && { body }),
      reasonOf: error => textAt(error, 'details', 0, 'description') ?? textAt(error, 'message'),
    })
  }

  return {
    get: path => call('GET', path),
    post: (path, body, requestId) => call('POST', path, { body: typeof body === 'string' ? body : JSON.stringify(body), requestId }),
  }
}
