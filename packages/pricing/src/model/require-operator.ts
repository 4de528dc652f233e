import { Forbidden, type Scope } from '@tollgate/kernel'

/** Throws `Forbidden` unless the scope is an operator's: tenants read prices and never write them. */
export function requireOperator(scope: Scope): void {
  if (scope.kind !== 'operator') throw new Forbidden('Only an operator may publish prices; use an operator key.')
}
