/** Scopes that any API key can have. A tenant key uses them on its own tenant, an operator key on every tenant. */
export const TENANT_KEY_SCOPES = [
  'usage:write',
  'usage:read',
  'quotas:use',
  'quotas:read',
  'prices:read',
  'tenants:read',
  'webhooks:read',
  'webhooks:write',
] as const

/** Scopes that concern all tenants, so only operator keys can have them. */
export const OPERATOR_ONLY_SCOPES = ['quotas:write', 'prices:write', 'tenants:write', 'keys:write', 'alerts:write'] as const

/** Every scope. */
export const KEY_SCOPES = [...TENANT_KEY_SCOPES, ...OPERATOR_ONLY_SCOPES] as const

/** The name of a scope. */
export type KeyScope = (typeof KEY_SCOPES)[number]
