import { isDomainError } from '@tollgate/kernel'
import { asDatabaseBusy, isDatabaseUnavailable, refusedValue } from '@tollgate/postgres'
import type { ErrorResponse } from '../../../http/respond.ts'

const STATUSES: Readonly<Record<string, number>> = {
  INVALID_INPUT: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  OVERLOADED: 429,
  STORE_UNAVAILABLE: 503,
  USAGE_STOPPED: 503,
}

/** Returns the response to a request that failed, or undefined for an error that nobody expects. */
export function errorResponseOf(cause: unknown): ErrorResponse | undefined {
  const error = asDatabaseBusy(cause) ?? cause
  if (isDomainError(error)) {
    const { code, message } = error
    const status = STATUSES[code]
    if (status !== undefined) return { status, code, message, ...retryAfter(status, error) }
  }
  if (isDatabaseUnavailable(error)) {
    const message = 'The database does not respond, and the events may not have been recorded. Send the same request again.'
    return { status: 503, code: 'DATABASE_UNAVAILABLE', message, ...retryAfter(503, error) }
  }
  if (refusedValue(error) !== undefined) return { status: 400, code: 'INVALID_INPUT', message: 'A text of the request cannot be stored.' }
  return undefined
}

function retryAfter(status: number, error: unknown): Pick<ErrorResponse, 'retryAfterMs' | 'headers'> {
  if (status !== 429 && status !== 503) return {}
  const { retryAfterMs } = error as { readonly retryAfterMs?: unknown }
  if (typeof retryAfterMs !== 'number') return { headers: { 'retry-after': '1' } }
  return { retryAfterMs, headers: { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) } }
}
