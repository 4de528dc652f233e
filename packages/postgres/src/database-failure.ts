import { DomainError, isDomainError } from '@tollgate/kernel'
import { WrongDatabaseRole } from './owner/connection-role.ts'
import { tlsFailure } from './tls-failure.ts'

/** Connection failures, a full disk, shutdown or start-up, and I/O errors. */
const AWAY_STATE = /^(?:08|53100|57P|58)/

/** Other insufficient resources, locks that were not released in time, and statements or transactions that took too long. */
const BUSY_STATE = /^(?:53(?!100)|55P03|57014|25P0[34])/

/** Messages of `pg` and its pool when there is no connection. These errors have no code. */
const NO_CONNECTION = /^Connection terminated|^timeout expired|is not queryable$|^Cannot use a pool after calling end/

/** The driver's message when a connection was lost before a statement was sent. */
const NOT_SENT = /is not queryable$/

/** The pool's message when all its connections stayed in use. */
const NO_FREE_CONNECTION = /^timeout exceeded when trying to connect/

/** Codes of the operating system, such as `ECONNREFUSED` or `EPIPE`. */
const SYSTEM_ERROR = /^E[A-Z]{3,}$/

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'
const QUERY_CANCELED = '57014'

const RETRY_AFTER_MS = 1_000

/** The database responds, but has no room for this call now, or the call took too long. Nothing was changed. */
export class DatabaseBusy extends DomainError<'OVERLOADED'> {
  readonly retryAfterMs: number

  constructor(message: string, { retryAfterMs = RETRY_AFTER_MS, ...options }: ErrorOptions & { readonly retryAfterMs?: number } = {}) {
    super('OVERLOADED', message, options)
    this.retryAfterMs = retryAfterMs
  }
}

/** The database is known to be down, so the call was not sent to it. */
export class DatabaseDown extends Error {
  constructor() {
    super('The database is down')
  }
}

/** The connection was lost after a commit was sent, so it is not known whether the transaction is durable. */
export class CommitOutcomeUnknown extends Error {
  constructor(cause: Error) {
    super(`The connection was lost during a commit, so its outcome is unknown: ${cause.message}`, { cause })
  }
}

/** Returns the five-character code of a PostgreSQL error; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error && !('syscall' in error) ? error.code : undefined
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) ? code : undefined
}

/** Whether the error means that the database is unavailable, rather than busy, or the statement wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof WrongDatabaseRole) return true
  if (!(error instanceof Error) || isDomainError(error)) return false
  if (error instanceof DatabaseDown || error instanceof CommitOutcomeUnknown) return true
  if (tlsFailure(error) !== undefined) return true
  const state = sqlState(error)
  if (state !== undefined && AWAY_STATE.test(state)) return true
  return NO_CONNECTION.test(error.message) || ('syscall' in error && 'code' in error && SYSTEM_ERROR.test(String(error.code)))
}

/** Text that PostgreSQL cannot store, and limits of the program, such as the size of an index row or the depth of an expression. */
const UNSTORABLE_TEXT = /^(?:22021|22P05)$/
const BEYOND_LIMITS = /^54/

/** Returns why PostgreSQL refuses a value of the caller: text that it cannot store, or more than it can process; undefined for any other error. */
export function refusedValue(error: unknown): 'text' | 'size' | undefined {
  const state = sqlState(error) ?? ''
  if (UNSTORABLE_TEXT.test(state)) return 'text'
  return BEYOND_LIMITS.test(state) ? 'size' : undefined
}

/**
 * Returns the error as `DatabaseBusy` if it means that the database has no room now or that the call took too long;
 * otherwise undefined. Callers can bring this about, so it never counts as an outage.
 */
export function asDatabaseBusy(error: unknown): DatabaseBusy | undefined {
  if (error instanceof DatabaseBusy) return error
  if (!(error instanceof Error) || isDomainError(error)) return undefined
  const state = sqlState(error)
  if (state === QUERY_CANCELED) {
    return new DatabaseBusy('The work took too long in the database and was stopped. Ask for less at a time, such as a shorter range, or retry later.', {
      cause: error,
    })
  }
  if (NO_FREE_CONNECTION.test(error.message) || (state !== undefined && BUSY_STATE.test(state)))
    return new DatabaseBusy('The database is busy. Nothing was changed; retry in a moment.', { cause: error })
  return undefined
}

/** Returns the error of a call that got no connection from the pool: the database may be down, or all connections in use. */
export function connectionFailure(error: unknown, isDown: boolean): unknown {
  return isDown && error instanceof Error && NO_FREE_CONNECTION.test(error.message) ? new DatabaseDown() : error
}

/** Throws the error of a commit that was sent. If the connection was lost, PostgreSQL may have carried it out. */
export function commitFailed(error: unknown): never {
  const wasSent = !(error instanceof Error && NOT_SENT.test(error.message))
  throw wasSent && isDatabaseUnavailable(error) ? new CommitOutcomeUnknown(error as Error) : error
}

/** Throws the error of a statement that was sent together with its commit. If PostgreSQL answered with an error, it did not commit. */
export function statementOrCommitFailed(error: unknown): never {
  if (sqlState(error) !== undefined) throw error
  commitFailed(error)
}

/** Whether PostgreSQL rolled back a transaction in favour of another one (deadlock or serialization failure). It can be retried. */
export function isConflict(error: unknown): boolean {
  const state = sqlState(error)
  return state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED
}
