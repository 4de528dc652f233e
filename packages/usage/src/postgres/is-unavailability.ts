import { isDomainError } from '@tollgate/kernel'
import { sqlState } from './sql-state.ts'

/** Connection failures, lack of resources (connections, disk, memory), shutting down or starting, failed input or output. */
const SERVER_SIDE = /^(?:08|53|57P|58)/

/** What `pg` and its pool say when there is no connection: their errors have no code. */
const NO_CONNECTION = /^Connection terminated|^timeout exceeded when trying to connect|^timeout expired|is not queryable$|^Cannot use a pool after calling end/

/** What the operating system says, such as `ECONNREFUSED` or `EPIPE`. */
const SYSTEM_ERROR = /^E[A-Z]{3,}$/

/** Whether an error says that the database cannot be used, and nothing about what was to be done with it. */
export function isUnavailability(error: unknown): boolean {
  if (!(error instanceof Error) || isDomainError(error)) return false
  const state = sqlState(error)
  if (state !== undefined && SERVER_SIDE.test(state)) return true
  return NO_CONNECTION.test(error.message) || ('syscall' in error && 'code' in error && SYSTEM_ERROR.test(String(error.code)))
}
