import { isDomainError } from '@tollgate/kernel'

/** Connection failures, insufficient resources, shutdown or start-up, and I/O errors. */
const SERVER_SIDE = /^(?:08|53|57P|58)/

/** Messages of `pg` and its pool when there is no connection. These errors have no code. */
const NO_CONNECTION = /^Connection terminated|^timeout exceeded when trying to connect|^timeout expired|is not queryable$|^Cannot use a pool after calling end/

/** Codes of the operating system, such as `ECONNREFUSED` or `EPIPE`. */
const SYSTEM_ERROR = /^E[A-Z]{3,}$/

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

/** Returns the five-character code of a PostgreSQL error; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error && !('syscall' in error) ? error.code : undefined
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) ? code : undefined
}

/** Whether the error means that the database is unavailable, rather than that the statement is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error) || isDomainError(error)) return false
  const state = sqlState(error)
  if (state !== undefined && SERVER_SIDE.test(state)) return true
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

/** Whether PostgreSQL rolled back a transaction in favour of another one (deadlock or serialization failure). It can be retried. */
export function isConflict(error: unknown): boolean {
  const state = sqlState(error)
  return state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED
}
