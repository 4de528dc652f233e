import { errorMessage } from '../engine/error-message.ts'
import { invalid } from '../engine/read-input.ts'
import { EngineFailure } from '../errors.ts'
import type { Operation } from '../model/operation.ts'
import type { Platform } from '../platform.ts'
import { readFailure, readRetryAfter, type ServerError } from './read-failure.ts'

/** Sends operations to a server. */
export interface GraphQLClient {
  /** Returns the data. Rejects with `EngineFailure`. */
  send<Result, Variables>(operation: Operation<Result, Variables>, variables: Variables, signal: AbortSignal): Promise<Result>
  /** Opens a stream of results. */
  open<Result, Variables>(operation: Operation<Result, Variables>, variables: Variables, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>
  /** Difference of the server's clock to the one of this client, from the last answer. Undefined if unknown. */
  clockOffsetMs(): number | undefined
}

/** Where the server is. */
export interface GraphQLClientOptions {
  readonly url: string
  readonly apiKey: string
  readonly platform: Platform
}

/** Creates a client of one server. Throws `InvalidInput` if `url` or `apiKey` cannot be right. */
export function createGraphQLClient({ url, apiKey, platform }: GraphQLClientOptions): GraphQLClient {
  const endpoint = endpointOf(url)
  if (typeof apiKey !== 'string' || apiKey === '')
    throw invalid('apiKey', 'must be an API key of Tollgate. If it comes from an environment variable, check that the variable is set')
  let offsetMs: number | undefined

  async function post(body: string, accept: string, signal: AbortSignal): Promise<Response> {
    const sentAtMs = platform.nowMs()
    let response: Response
    try {
      response = await platform.fetch(endpoint, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', accept },
        body,
        signal,
      })
    } catch (cause) {
      throw new EngineFailure('UNAVAILABLE', `Tollgate cannot be reached at ${endpoint}: ${errorMessage(cause)}`, { cause })
    }
    const serverMs = Date.parse(response.headers.get('date') ?? '')
    // The header has whole seconds. The middle of the exchange is the best guess of when the server wrote it.
    if (!Number.isNaN(serverMs)) offsetMs = Math.round(serverMs + 500 - (sentAtMs + platform.nowMs()) / 2)
    return response
  }

  return {
    async send<Result, Variables>(operation: Operation<Result, Variables>, variables: Variables, signal: AbortSignal): Promise<Result> {
      const response = await post(JSON.stringify({ query: operation.toString(), variables }), 'application/json', signal)
      const answer = await readAnswer<Result>(response)
      if (answer?.data === undefined || answer.data === null || answer.errors !== undefined) throw readFailure(response, answer?.errors)
      return answer.data
    },
    async open(operation, variables, signal) {
      const response = await post(JSON.stringify({ query: operation.toString(), variables }), 'text/event-stream', signal)
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
      if (isStream && response.body !== null) return response.body
      throw readFailure(response, (await readAnswer(response))?.errors)
    },
    clockOffsetMs: () => offsetMs,
  }
}

interface Answer<Result> {
  readonly data?: Result | null
  readonly errors?: readonly ServerError[]
}

async function readAnswer<Result>(response: Response): Promise<Answer<Result> | undefined> {
  let text: string
  try {
    text = await response.text()
  } catch (cause) {
    throw new EngineFailure('UNAVAILABLE', `The answer of Tollgate was cut off: ${errorMessage(cause)}`, {
      cause,
      retryAfterMs: readRetryAfter(response.headers),
    })
  }
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null ? answer : undefined
  } catch {
    return undefined
  }
}

function endpointOf(url: string): string {
  // A page can use a path of its own origin.
  if (typeof url !== 'string' || !/^(?:https?:\/)?\//i.test(url))
    throw invalid('url', `must start with "https://" or "http://", such as "https://tollgate.example.com", not "${url}"`)
  const base = url.replace(/\/+$/, '')
  return base.endsWith('/graphql') ? base : `${base}/graphql`
}
