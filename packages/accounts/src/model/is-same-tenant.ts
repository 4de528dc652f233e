import type { Tenant } from './tenant.ts'

/** Returns whether an update leaves every field of a tenant as it is. */
export function isSameTenant(one: Tenant, other: Tenant): boolean {
  const isSame = (['id', 'name', 'tier', 'timeZone', 'currency', 'billingAnchorDay'] as const).every(field => one[field] === other[field])
  return isSame && JSON.stringify(one.metadataRules) === JSON.stringify(other.metadataRules)
}
