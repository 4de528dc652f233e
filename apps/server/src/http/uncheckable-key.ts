import { TooManyAttempts } from '@tollgate/accounts'
import { asDatabaseBusy, isDatabaseUnavailable } from '@tollgate/postgres'
import type { ErrorResponse } from './respond.ts'

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
