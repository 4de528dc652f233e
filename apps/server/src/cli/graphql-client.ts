import { setTimeout as delay } from 'node:timers/promises'
import { DomainError } from '@tollgate/kernel'

/** A GraphQL client over HTTP. */
export interface GraphQLClient {
  /** Returns the `data` of the response. Retries with a delay if the server is unavailable or overloaded. Throws `ServerUnusable`. */
  request<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data>
}

/** The server cannot be reached, or its response cannot be used. */
export class ServerUnusable extends DomainError<'SERVER_UNUSABLE'> {
  constructor(url: string, reason: string, options?: ErrorOptions) {
    super('SERVER_UNUSABLE', `The server at ${url} cannot be used: ${reason}`, options)
  }
}

/** A failure that a retry may solve. */
class Unavailable extends Error {
  readonly retryAfterMs: number | undefined

  constructor(message: string, retryAfterMs?: number) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}

interface GraphQLResponse {
  readonly data?: Readonly<Record<string, Result | null>> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

/** A field of a mutation's response: its payload, or an error with a code. */
interface Result {
  readonly code?: string
  readonly retryAfterMs?: number
}

const MAX_ATTEMPTS = 9
const FIRST_PAUSE_MS = 100
const MAX_PAUSE_MS = 5_000
const TIMEOUT_MS = 30_000

/** Codes of errors after which the same call can be retried. */
const TRANSIENT: ReadonlySet<string> = new Set([
  'OVERLOADED',
  'STORE_UNAVAILABLE',
  'USAGE_STOPPED',
  'STARTING',
  'STOPPING',
  'DATABASE_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
])

/** Creates a client of one server. */
export function createGraphQLClient({ url, key }: { url: string; key: string }): GraphQLClient {
  return {
    async request<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
      const body = JSON.stringify({ query, variables })
      for (let attempt = 1; ; attempt++) {
        try {
          return (await send({ url, key, body })) as Data
        } catch (error) {
          if (!(error instanceof Unavailable)) throw error
          if (attempt === MAX_ATTEMPTS) throw new ServerUnusable(url, error.message, { cause: error })
          await delay(error.retryAfterMs ?? pauseMs(attempt))
        }
      }
    },
  }
}

async function send({ url, key, body }: { url: string; key: string; body: string }): Promise<unknown> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
    throw new Unavailable(`it does not respond (${reasonOf(error)}). Is it running?`)
  })
  const { data, errors } = (await response.json().catch(() => {
    throw new Unavailable(`its response is not JSON (HTTP ${response.status}).`)
  })) as GraphQLResponse
  const [failure] = errors ?? []
  if (failure !== undefined) throw isTransient(failure.extensions?.code) ? new Unavailable(failure.message) : new ServerUnusable(url, failure.message)
  for (const result of Object.values(data ?? {})) {
    if (isTransient(result?.code)) throw new Unavailable(`it is busy (${result?.code}).`, result?.retryAfterMs)
  }
  return data
}

/** The reason of a failed fetch is in its cause or, for a host with several addresses, in the cause's errors. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause
  return first instanceof Error ? first.message : String(first)
}

function isTransient(code: string | undefined): boolean {
  return code !== undefined && TRANSIENT.has(code)
}

/** Doubles with each attempt, with jitter, so that callers that failed together do not retry together. */
function pauseMs(attempt: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), MAX_PAUSE_MS) * (0.5 + Math.random() / 2)
}
