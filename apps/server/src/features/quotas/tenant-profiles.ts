import type { Transaction } from '@tollgate/kernel'
import type { TenantProfile, TenantProfiles } from '@tollgate/quotas'
import { DEFAULT_PLAN } from './default-plan.ts'

/** The fields of a tenant that decide which quotas apply to it. */
export interface ProfiledTenant {
  readonly id: string
  readonly tier: string | null
  readonly timeZone: string
  readonly billingAnchorDay: number
}

/** Reads tenants, in the transaction if one is given. */
export type ReadTenants = (ids: readonly string[], transaction?: Transaction) => Promise<readonly ProfiledTenant[]>

interface Batch {
  readonly ids: Set<string>
  readonly tenants: Promise<ReadonlyMap<string, ProfiledTenant>>
}

/**
 * Returns tenants' profiles: plan, time zone and billing day. Tenants that are requested in the same turn of the event
 * loop are read together, because after a start or a published plan quotas request all of them at once.
 */
export function tenantProfiles(read: ReadTenants): TenantProfiles {
  const batches = new Map<Transaction | undefined, Batch>()

  function openBatch(transaction: Transaction | undefined): Batch {
    const ids = new Set<string>()
    // Later requests go into the next batch: an answer must not be older than its request.
    const tenants = Promise.resolve().then(async () => {
      batches.delete(transaction)
      return new Map((await read([...ids], transaction)).map(tenant => [tenant.id, tenant]))
    })
    const batch = { ids, tenants }
    batches.set(transaction, batch)
    return batch
  }

  return async (tenantId, transaction): Promise<TenantProfile> => {
    const batch = batches.get(transaction) ?? openBatch(transaction)
    batch.ids.add(tenantId)
    return tenantProfile((await batch.tenants).get(tenantId))
  }
}

/** Returns the profile of a tenant. A tenant that does not exist has the default plan. */
export function tenantProfile(tenant: ProfiledTenant | undefined): TenantProfile {
  return { plan: tenant?.tier ?? DEFAULT_PLAN.name, timeZone: tenant?.timeZone ?? 'UTC', billingAnchorDay: tenant?.billingAnchorDay ?? 1 }
}
