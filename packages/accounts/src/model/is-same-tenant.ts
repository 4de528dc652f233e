import type { Tenant } from './tenant.ts'

/** Returns whether an update leaves every field of a tenant as it is. */
export function isSameTenant(one: Tenant, other: Tenant): boolean {
  return (['id', 'name', 'tier', 'timeZone', 'currency', 'billingAnchorDay'] as const).every(field => one[field] === other[field])
}
