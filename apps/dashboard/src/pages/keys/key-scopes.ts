/** Scopes that the server gives operator keys only. */
const FOR_OPERATORS: ReadonlySet<string> = new Set([
  'tenants:write',
  'keys:write',
  'prices:write',
  'quotas:write',
  'alerts:write',
  'credits:write',
  'billing:write',
])

/** Returns the scopes that someone with these scopes can give a key of an operator, or of a tenant. */
export function scopesToGive(own: readonly string[], isForTenant: boolean): readonly string[] {
  return own.filter(scope => !isForTenant || !FOR_OPERATORS.has(scope)).toSorted()
}
