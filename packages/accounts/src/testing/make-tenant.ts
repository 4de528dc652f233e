import { Temporal } from '@tollgate/kernel'
import type { Tenant } from '../model/tenant.ts'

/** Makes a tenant for tests. */
export function makeTenant(values: Partial<Tenant> & Pick<Tenant, 'id'>): Tenant {
  return {
    name: values.id,
    tier: null,
    timeZone: 'UTC',
    currency: 'USD',
    billingAnchorDay: 1,
    metadataRules: [],
    createdAt: Temporal.Instant.from('2026-11-20T09:00:00Z'),
    ...values,
  }
}
