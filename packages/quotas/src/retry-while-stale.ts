import { PoliciesUnsettled } from './model/errors.ts'
import type { TenantPolicies } from './model/policies/tenant-policies.ts'
import type { PolicyCache } from './policy-cache.ts'

/** How often policies may change during a decision before it fails. */
export const MAX_STALE_ATTEMPTS = 20

/** Does work with the policies of a tenant, and repeats it with reloaded ones as long as it returns `stale`. Throws `PoliciesUnsettled` after 20 attempts. */
export async function retryWhileStale<Result>(
  policies: PolicyCache,
  tenantId: string,
  work: (policies: TenantPolicies) => Promise<Result | 'stale'>,
): Promise<Result> {
  for (let i = 0; i < MAX_STALE_ATTEMPTS; i++) {
    const result = await work(await policies.of(tenantId))
    if (result !== 'stale') return result
    policies.forget(tenantId)
  }
  throw new PoliciesUnsettled(tenantId)
}
