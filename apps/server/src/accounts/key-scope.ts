/**
 * What an API key may do. A tenant's key does it for its tenant, an operator's key for every tenant. Those that end in
 * the second list concern all tenants, so only an operator's key can carry them.
 */
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

/** What only an operator's key can carry. */
export const OPERATOR_ONLY_SCOPES = ['quotas:write', 'prices:write', 'tenants:write', 'keys:write', 'alerts:write'] as const

/** Every scope there is; what an operator's key carries where none are named. */
export const KEY_SCOPES = [...TENANT_KEY_SCOPES, ...OPERATOR_ONLY_SCOPES] as const

/** The name of one scope. */
export type KeyScope = (typeof KEY_SCOPES)[number]

/** Tells the name of a scope from other text. */
export function isKeyScope(text: string): text is KeyScope {
  return (KEY_SCOPES as readonly string[]).includes(text)
}
