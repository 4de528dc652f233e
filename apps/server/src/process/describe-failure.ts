import { isDomainError } from '@tollgate/kernel'

/** A failure as a person reads it: one sentence or more, never a stack trace. */
export function describeFailure(error: unknown): string {
  if (isDomainError(error)) return error.message
  const { code, message } = error as NodeJS.ErrnoException
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${message} See --help.`
  return `Something was not foreseen: ${message}`
}
