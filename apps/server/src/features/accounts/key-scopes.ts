import { features, type KeyScope } from '../index.ts'

export type { KeyScope }

/** Scopes that any API key can have. A tenant key uses them on its own tenant, an operator key on every tenant. */
export const TENANT_KEY_SCOPES = features.flatMap(({ keyScopes }) => keyScopes?.tenant ?? []) as readonly KeyScope[]

/** Scopes that concern all tenants, so only operator keys can have them. */
export const OPERATOR_ONLY_SCOPES = features.flatMap(({ keyScopes }) => keyScopes?.operatorOnly ?? []) as readonly KeyScope[]

/** Which scopes each kind of key can have. */
export const SCOPES_OF_KEYS = { tenant: TENANT_KEY_SCOPES, operatorOnly: OPERATOR_ONLY_SCOPES }

/** Every scope. */
export const KEY_SCOPES = [...TENANT_KEY_SCOPES, ...OPERATOR_ONLY_SCOPES]

/** Scopes that an access token of a tenant can have: it only reads. */
export const TENANT_TOKEN_SCOPES = [
  'tenants:read',
  'prices:read',
  'usage:read',
  'costs:read',
  'quotas:read',
  'credits:read',
  'billing:read',
] as const satisfies readonly KeyScope[]

/** Scopes that an access token of one customer can have. */
export const CUSTOMER_TOKEN_SCOPES = ['usage:read', 'costs:read', 'quotas:read', 'credits:read'] as const satisfies readonly KeyScope[]

/** Scopes that an access token has only if they are named, because browsers show its answers to customers. */
export const NAMED_TOKEN_SCOPES = ['costs:read'] as const satisfies readonly KeyScope[]
