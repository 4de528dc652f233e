import { type NotAuthenticated, TooManyAttempts } from '@tollgate/accounts'
import { asDatabaseBusy, isDatabaseUnavailable } from '@tollgate/postgres'
import type { UnavailableReason } from '../observability/health.ts'
import type { ErrorResponse } from './respond.ts'

/** Returns the response to a request for a path that does not exist. */
export function notFound(path: string): ErrorResponse {
  return { status: 404, code: 'NOT_FOUND', message: `Nothing is served at ${path}. GraphQL is at /graphql.` }
}

/** Returns the response to a request that would change a path that can only be read. */
export function onlyReads(path: string): ErrorResponse {
  return { status: 405, code: 'METHOD_NOT_ALLOWED', message: `${path} accepts only GET and HEAD.`, headers: { allow: 'GET, HEAD' } }
}

/** Returns the response to a request without a valid key. */
export function keyNeeded({ code, message }: NotAuthenticated): ErrorResponse {
  return { status: 401, code, message, headers: { 'www-authenticate': 'Bearer' } }
}

/** Returns the response to a request that cannot be served now. The server is starting if there is no other reason. */
export function unavailable({ code, message }: UnavailableReason = { code: 'STARTING', message: 'The server is still starting.' }): ErrorResponse {
  return { status: 503, code, message: `${message} Try again in a moment.`, headers: { 'retry-after': '1' } }
}

/** Returns the response to a request whose key could not be checked, and why. */
export function uncheckableKey(error: unknown): ErrorResponse {
  if (error instanceof TooManyAttempts) {
    const { code, message, retryAfterMs } = error
    return { status: 429, code, message, retryAfterMs, headers: { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) } }
  }
  const headers = { 'retry-after': '1' }
  const busy = asDatabaseBusy(error)
  if (busy !== undefined) {
    const message = 'API keys cannot be checked because the database is busy. Try again in a moment.'
    return { status: 503, code: busy.code, message, retryAfterMs: busy.retryAfterMs, headers }
  }
  if (isDatabaseUnavailable(error)) {
    const message = 'API keys cannot be checked because the database does not respond. Try again in a moment.'
    return { status: 503, code: 'DATABASE_UNAVAILABLE', message, headers }
  }
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'API keys cannot be checked because of an internal error; it was logged.' }
}
