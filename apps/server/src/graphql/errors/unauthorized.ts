import { Forbidden } from '@tollgate/kernel'
import type { AuthFailure } from '@pothos/plugin-scope-auth'
import type { KeyScope } from '../../features/accounts/key-scopes.ts'
import { missingScope } from '../authorize.ts'

/** Returns the error for a viewer that was denied access: it names the missing scope. */
export function unauthorized(failure: AuthFailure): Error {
  const { scope, parameter, error } = firstFailed(failure)
  if (error instanceof Error) return error
  if (scope === 'operator') return new Forbidden('This requires an operator key; yours is a tenant key.')
  return new Forbidden(scope === 'can' ? missingScope(parameter as KeyScope) : 'Your API key may not do this.')
}

interface FailedScope {
  readonly scope?: string
  readonly parameter?: unknown
  readonly error?: Error | null
}

function firstFailed(failure: AuthFailure): FailedScope {
  if ('failures' in failure) return failure.failures.map(firstFailed).find(({ scope, error }) => scope !== undefined || error instanceof Error) ?? {}
  return 'scope' in failure || 'error' in failure ? failure : {}
}
