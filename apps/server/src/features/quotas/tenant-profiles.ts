import type { Transaction } from '@tollgate/kernel'
import type { TenantProfile, TenantProfiles } from '@tollgate/quotas'
import { DEFAULT_PLAN } from './default-plan.ts'

/** The part of a tenant that decides which quotas it has. */
export interface ProfiledTenant {
  readonly id: string
  readonly tier: string | null
  readonly timeZone: string
  readonly billingAnchorDay: number
}

/** Reads tenants, through a transaction where one is handed in. */
export type ReadTenants = (ids: readonly string[], transaction?: Transaction) => Promise<readonly ProfiledTenant[]>

interface Batch {
  readonly ids: Set<string>
  readonly tenants: Promise<ReadonlyMap<string, ProfiledTenant>>
}

/**
 * What quotas must know of tenants, those that are asked for in one turn of the event loop read together: after a start,
 * or the publication of a plan, all are asked for at once. The plan is the tier.
 */
export function tenantProfiles(read: ReadTenants): TenantProfiles {
  const batches = new Map<Transaction | undefined, Batch>()

  function openBatch(transaction: Transaction | undefined): Batch {
    const ids = new Set<string>()
    // Whoever asks after this is read belongs to the next batch: what it is told must not be older than its question.
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

/** What quotas must know of a tenant; of one that is not there, too. */
export function tenantProfile(tenant: ProfiledTenant | undefined): TenantProfile {
  return { plan: tenant?.tier ?? DEFAULT_PLAN.name, timeZone: tenant?.timeZone ?? 'UTC', billingAnchorDay: tenant?.billingAnchorDay ?? 1 }
}
