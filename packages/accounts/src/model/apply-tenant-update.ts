import { checkTenant, type TenantCheck } from './check-tenant.ts'
import type { Tenant, TenantUpdate } from './tenant.ts'

/** Returns the tenant with the update applied. Throws `InvalidInput` with every issue. */
export function applyTenantUpdate(
  { createdAt, ...before }: Tenant,
  { id: _id, tier, ...update }: TenantUpdate,
  check: Pick<TenantCheck, 'checkMetadataRules'>,
): Tenant {
  const changes = Object.entries(update).filter(([, value]) => value !== undefined && value !== null)
  const draft = { ...before, tier: tier === undefined ? before.tier : tier, ...Object.fromEntries(changes) }
  // The id already exists, so a prefix that became reserved later does not make it invalid.
  return checkTenant(draft, { ...check, createdAt, reservedIdPrefixes: [] })
}
