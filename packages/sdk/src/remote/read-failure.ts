import { EngineFailure, type EngineFailureCode } from '../errors.ts'

/** An error of an answer. */
export interface ServerError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: { readonly code?: string; readonly retryAfterMs?: number; readonly after?: string }
}

/** An error member of the result of a mutation. */
export interface ExpectedError {
  readonly code: string
  readonly message: string
  readonly retryAfterMs?: number
}

/** The server certainly did nothing. */
const NOTHING_DONE = new Set(['OVERLOADED', 'USAGE_STOPPED', 'STOPPING', 'STARTING', 'TOO_MANY_REQUESTS', 'POLICIES_UNSETTLED'])
const TRANSIENT = new Set([...NOTHING_DONE, 'STORE_UNAVAILABLE', 'DATABASE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'REQUEST_TIMEOUT'])
const FORBIDDEN = new Set(['FORBIDDEN', 'NOT_FOUND'])

/** Returns the failure that an unexpected answer means. */
export function readFailure(response: Response, errors: readonly ServerError[] = []): EngineFailure {
  const [error] = errors
  const code = error?.extensions?.code
  const message = `Tollgate answered ${response.status}${code === undefined ? '' : ` ${code}`}${error === undefined ? '' : `: ${error.message}`}`
  const retryAfterMs = error?.extensions?.retryAfterMs ?? readRetryAfter(response.headers)
  return new EngineFailure(failureCode(response.status, code, error?.path !== undefined), message, {
    retryAfterMs,
    nothingDone: response.status === 429 || NOTHING_DONE.has(code ?? ''),
  })
}

/** Returns the failure that an expected error means. */
export function readExpectedError({ code, message, retryAfterMs }: ExpectedError): EngineFailure {
  const failure = TRANSIENT.has(code) ? 'UNAVAILABLE' : FORBIDDEN.has(code) ? 'FORBIDDEN' : 'REFUSED'
  return new EngineFailure(failure, message, { retryAfterMs, nothingDone: NOTHING_DONE.has(code) })
}

/** Reads `Retry-After`: seconds, or a date, which is compared to the date of the same server. */
export function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (value === undefined || value === '') return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1_000
  const delay = Date.parse(value) - Date.parse(headers.get('date') ?? '')
  return Number.isNaN(delay) ? undefined : Math.max(0, delay)
}

function failureCode(status: number, code: string | undefined, isOfField: boolean): EngineFailureCode {
  if (status === 401 || code === 'UNAUTHENTICATED') return 'UNAUTHENTICATED'
  if (status === 413) return 'TOO_LARGE'
  if (status === 408 || status === 429 || status >= 500 || TRANSIENT.has(code ?? '')) return 'UNAVAILABLE'
  // A field of the operation failed, so the server understood it.
  if (isOfField) return FORBIDDEN.has(code ?? '') ? 'FORBIDDEN' : 'REFUSED'
  // An answer that is no GraphQL, such as the page of a proxy, may be gone in a moment.
  return status < 400 && code === undefined ? 'UNAVAILABLE' : 'INCOMPATIBLE'
}
