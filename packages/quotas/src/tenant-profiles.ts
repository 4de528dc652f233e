import type { Transaction } from '@tollgate/kernel'
import type { TenantProfile } from './model/policies/tenant-profile.ts'

/**
 * Looks up the profile of a tenant. Called together with reading its policies, and again only after they become stale: call
 * `tenantChanged` after every change. If given a transaction, it must read through it: work in a transaction must not wait
 * for a second connection.
 */
export type TenantProfiles = (tenantId: string, transaction?: Transaction) => TenantProfile | Promise<TenantProfile>
