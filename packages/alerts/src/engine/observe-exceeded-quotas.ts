import { Decimal } from '@tollgate/kernel'
import type { TenantExceededQuotas } from '../model/exceeded-quota.ts'
import type { Observation } from '../model/observation.ts'

/** Counts the quota limits that each tenant reached. */
export function observeExceededQuotas(tenants: readonly TenantExceededQuotas[]): Observation[] {
  return tenants.map(({ tenantId, count, last: { cursor: _cursor, tenantId: _tenantId, occurredAt, ...last } }) => ({
    tenantId,
    value: new Decimal(count),
    calls: null,
    details: { reached: count, last: { ...last, occurredAt: occurredAt.toString() } },
  }))
}
