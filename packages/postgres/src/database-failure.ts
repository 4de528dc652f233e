import { isDomainError } from '@tollgate/kernel'

/** Connection failures, lack of resources (connections, disk, memory), shutting down or starting, failed input or output. */
const SERVER_SIDE = /^(?:08|53|57P|58)/

/** What `pg` and its pool say when there is no connection: their errors have no code. */
const NO_CONNECTION = /^Connection terminated|^timeout exceeded when trying to connect|^timeout expired|is not queryable$|^Cannot use a pool after calling end/

/** What the operating system says, such as `ECONNREFUSED` or `EPIPE`. */
const SYSTEM_ERROR = /^E[A-Z]{3,}$/

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

/** The five characters by which PostgreSQL names an error; undefined for errors of any other origin. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error && !('syscall' in error) ? error.code : undefined
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) ? code : undefined
}

/** Whether an error says that the database cannot be used, and nothing about what was to be done with it. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error) || isDomainError(error)) return false
  const state = sqlState(error)
  if (state !== undefined && SERVER_SIDE.test(state)) return true
  return NO_CONNECTION.test(error.message) || ('syscall' in error && 'code' in error && SYSTEM_ERROR.test(String(error.code)))
}

/** Whether PostgreSQL gave a transaction up so that another could go on: the same may be done again. */
export function isConflict(error: unknown): boolean {
  const state = sqlState(error)
  return state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED
}
