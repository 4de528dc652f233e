import { isDomainError } from '@tollgate/kernel'

/** Returns the message of an error for people, without a stack trace. */
export function describeFailure(error: unknown): string {
  if (isDomainError(error)) return error.message
  const { code, message } = error as NodeJS.ErrnoException
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${message} See --help.`
  return `Unexpected error: ${message}`
}
