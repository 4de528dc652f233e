import { PaymentProviderFailed } from '../model/payments/payment-errors.ts'

/** A request to a payment provider. */
export interface ProviderHttpRequest {
  readonly provider: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Finds the reason in the JSON of an error. */
  readonly reasonOf: (json: unknown) => string | undefined
}

/** A response of a payment provider. */
export interface ProviderHttpResponse {
  readonly status: number
  readonly json: unknown
}

const TIMEOUT_MS = 20_000
const TEMPORARY: ReadonlySet<number> = new Set([408, 409, 425, 429])

/** Sends a request and returns its JSON. Throws `PaymentProviderFailed` for an error, with `cause` set to the response. */
export async function requestJson(send: typeof fetch, { provider, method, url, headers, body, reasonOf }: ProviderHttpRequest): Promise<unknown> {
  const { status, json } = await responseOf(send, { provider, url, init: { method, headers, ...(body !== undefined && { body }), redirect: 'error' } })
  if (status >= 200 && status < 300) return json
  const isTemporary = status >= 500 || TEMPORARY.has(status)
  const cause: ProviderHttpResponse = { status, json }
  throw new PaymentProviderFailed(provider, reasonOf(json) ?? `HTTP status ${status}`, { isTemporary, cause })
}

async function responseOf(
  send: typeof fetch,
  { provider, url, init }: { readonly provider: string; readonly url: string; readonly init: RequestInit },
): Promise<ProviderHttpResponse> {
  try {
    const response = await send(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
    const text = await response.text()
    return { status: response.status, json: text === '' ? undefined : parsed(text) }
  } catch (error) {
    throw new PaymentProviderFailed(provider, 'no response', { isTemporary: true, cause: error })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
