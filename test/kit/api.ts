import { ReadableStream } from 'node:stream/web'

/** The response to one GraphQL request over HTTP. */
export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  readonly data: any
  readonly errors:
    | readonly { readonly message: string; readonly path?: readonly (string | number)[]; readonly extensions?: { readonly code?: string } }[]
    | undefined
}

/** A plain GraphQL client: tests see the response as the server sent it. */
export interface Api {
  /** Sends one request. The response may have errors. */
  send(query: string, variables?: Readonly<Record<string, unknown>>): Promise<ApiAnswer>
  /** Sends one request and returns its data. Throws if the response has errors. */
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<any>
  /** Sends a body unchanged. */
  post(body: string | Uint8Array | ReadableStream, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>
  /** Returns a client of the same server with another key. */
  as(key: string): Api
}

/** A request that hangs fails. */
const TIMEOUT_MS = 20_000

/** Creates a client of one server with one key. */
export function createApi({ url, key }: { url: string; key: string }): Api {
  const post: Api['post'] = async (body, headers = {}) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body: body as BodyInit,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body instanceof ReadableStream && { duplex: 'half' as const }),
    })
    const { data, errors } = (await response.json()) as Pick<ApiAnswer, 'data' | 'errors'>
    return { status: response.status, headers: response.headers, data, errors }
  }
  const send: Api['send'] = (query, variables = {}) => post(JSON.stringify({ query, variables }))
  return {
    post,
    send,
    async ask(query, variables) {
      const { data, errors, status } = await send(query, variables)
      if (errors !== undefined) throw new Error(`HTTP ${status}: ${JSON.stringify(errors)}`)
      return data
    },
    as: otherKey => createApi({ url, key: otherKey }),
  }
}
