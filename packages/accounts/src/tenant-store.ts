import type { Page, PageRequest, Scope, Transaction } from '@tollgate/kernel'
import type { Tenant } from './model/tenant.ts'

/** Stores tenants. */
export interface TenantStore {
  /** Returns false, and stores nothing, if the id is taken. */
  add(tenant: Tenant): Promise<boolean>
  /** Returns undefined if there is no such tenant. A change that leaves every field as it is changes nothing. Concurrent updates of a tenant run one after the other. */
  update(id: string, change: TenantChange): Promise<Tenant | undefined>
  /** Returns the tenants that are in the scope, in no particular order. */
  byIds(scope: Scope, ids: readonly string[]): Promise<readonly Tenant[]>
  /** Lists the tenants in the scope, ordered by id. */
  list(scope: Scope, page: PageRequest): Promise<Page<Tenant>>
}

/** How a store updates a tenant. Nothing is stored if either function throws. A store may repeat both after a conflict. */
export interface TenantChange {
  apply(tenant: Tenant): Tenant
  /** Runs in the transaction of the update, after it, with the tenant as it was before. */
  afterwards(before: Tenant, transaction: Transaction): Promise<void>
}
