import { isDomainError } from '@tollgate/kernel'

/** What an attempt that ended with an error is recorded with. */
export interface FailedAttempt {
  readonly result: 'failure' | 'denied'
  readonly code: string
  readonly errorMessage: string
}

/** Names of arguments that are secrets. */
const SECRET_ARGUMENT = /^codes?$|secret|token|password/i
/** Refused by a permission or a limit. */
const DENIED = /^(?:FORBIDDEN|UNAUTHENTICATED|RATE_LIMITED|TOO_MANY_)/
const UNEXPECTED = { result: 'failure', code: 'INTERNAL_SERVER_ERROR', errorMessage: 'Unexpected error: see the log of the server.' } as const
const NOT_QUOTED = 'The message is not recorded, because it may quote a secret of the input.'

/** Returns how an attempt with these arguments ended, without secrets. Unexpected errors may contain anything, so their message is left out. */
export function failedAttempt(error: unknown, args: object): FailedAttempt {
  if (!isDomainError(error)) return UNEXPECTED
  const { code, message } = error
  return { result: DENIED.test(code) ? 'denied' : 'failure', code, errorMessage: hasSecret(args) ? NOT_QUOTED : message }
}

function hasSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, part]) => (SECRET_ARGUMENT.test(name) && part !== null && part !== undefined) || hasSecret(part))
}
