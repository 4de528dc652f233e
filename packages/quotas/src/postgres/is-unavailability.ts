import { isDomainError } from '@tollgate/kernel'

/** SQLSTATE classes of the server: connections, resources, operator intervention (shutting down, starting), input and output. */
const SERVER_STATES = ['08', '53', '57P', '58']

/** `pg` and its pool have no codes for these. */
const NO_CONNECTION = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'is not queryable',
  'Cannot use a pool after calling end',
]

/** Whether an error says that the database cannot be used, and nothing about what was to be done with it. */
export function isUnavailability(error: unknown): boolean {
  if (!(error instanceof Error) || isDomainError(error)) return false
  const state = sqlState(error)
  if (state !== undefined) return SERVER_STATES.some(prefix => state.startsWith(prefix))
  return 'syscall' in error || NO_CONNECTION.some(text => error.message.includes(text))
}

/** PostgreSQL gave a transaction up so that another could go on; the same may be done again. */
export function isConflict(error: unknown): boolean {
  const state = sqlState(error)
  return state === '40001' || state === '40P01'
}

/** The five characters by which PostgreSQL names an error. */
function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) && !('syscall' in (error as object)) ? code : undefined
}
