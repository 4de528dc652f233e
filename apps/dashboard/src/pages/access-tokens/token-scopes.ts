/** A scope that an access token can have. */
export interface TokenScope {
  readonly scope: string
  /** What the token reads with it. */
  readonly reads: string
  /** Whether a token of one customer can have it. */
  readonly isForCustomers: boolean
  /** Whether a token has it only if it is named, because browsers show customers what it reads. */
  readonly isOptIn?: boolean
}

/** The scopes that the server gives access tokens. */
export const TOKEN_SCOPES: readonly TokenScope[] = [
  { scope: 'usage:read', reads: 'Calls, tokens and events, and what they are charged', isForCustomers: true },
  { scope: 'quotas:read', reads: 'Limits, and how much of them is used', isForCustomers: true },
  { scope: 'credits:read', reads: 'Wallet and credits', isForCustomers: true },
  { scope: 'costs:read', reads: 'What providers charge you', isForCustomers: true, isOptIn: true },
  { scope: 'billing:read', reads: 'Subscription, invoices and payments', isForCustomers: false },
  { scope: 'prices:read', reads: 'Prices and charge rules', isForCustomers: false },
  { scope: 'tenants:read', reads: 'Name, plan and time zone of the tenant', isForCustomers: false },
]

/** Returns the scopes that someone with these scopes can give a token of a tenant, or of one customer. */
export function grantableTokenScopes(own: readonly string[], isForCustomer: boolean): readonly TokenScope[] {
  return TOKEN_SCOPES.filter(({ scope, isForCustomers }) => own.includes(scope) && (isForCustomers || !isForCustomer))
}

/** Returns the scopes that a new token has unless others are chosen. */
export function defaultTokenScopes(offered: readonly TokenScope[]): readonly string[] {
  return offered.filter(({ isOptIn = false }) => !isOptIn).map(({ scope }) => scope)
}
