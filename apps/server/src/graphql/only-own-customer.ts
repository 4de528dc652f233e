import { customerScope, Forbidden, InvalidInput, type Scope } from '@tollgate/kernel'

/** Throws `Forbidden` unless every named customer is the token's own. */
export function requireOwnCustomer(own: string, named: readonly (string | null | undefined)[]): void {
  if (named.some(customerId => customerId !== own)) throw new Forbidden('Your access token reads one customer only; name no other.')
}

interface FilteredArgs {
  readonly filter?: { customerIds?: string[] | null | undefined } | null | undefined
}

/** Restricts a query with a filter of usage to one customer. */
export function onlyUsageOfCustomer(args: FilteredArgs, customerId: string): FilteredArgs {
  requireOwnCustomer(customerId, args.filter?.customerIds ?? [])
  return { ...args, filter: { ...args.filter, customerIds: [customerId] } }
}

/** Restricts a field with the argument `customerId` to one customer. */
export function onlyCustomer(args: { readonly customerId?: string | null | undefined }, customerId: string): typeof args {
  requireOwnCustomer(customerId, args.customerId === null || args.customerId === undefined ? [] : [args.customerId])
  return { ...args, customerId }
}

/** Narrows what is read to one customer, if one is named. Throws `InvalidInput` for the scope of all tenants, because customers belong to tenants. */
export function narrowToCustomer(scope: Scope, customerId: string | null | undefined): Scope {
  if (customerId === null || customerId === undefined) return scope
  const [tenantId] = scope.kind === 'operator' ? [] : scope.tenantIds
  if (tenantId === undefined) throw new InvalidInput([{ path: 'tenantId', message: 'is required with customerId, because customers belong to tenants' }])
  return customerScope(tenantId, customerId)
}
