import { checkTenant } from './check-tenant.ts'
import type { Tenant, TenantUpdate } from './tenant.ts'

/** A tenant as it is to be. Throws `InvalidInput` with everything that is wrong with it. */
export function changeTenant({ createdAt, ...before }: Tenant, { id: _id, tier, ...update }: TenantUpdate): Tenant {
  const named = Object.entries(update).filter(([, value]) => value !== undefined && value !== null)
  return checkTenant({ ...before, tier: tier === undefined ? before.tier : tier, ...Object.fromEntries(named) }, createdAt)
}
