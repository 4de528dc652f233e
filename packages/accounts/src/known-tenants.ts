import { coalescedLookup, NotFound, OPERATOR_SCOPE } from '@tollgate/kernel'
import type { TenantStore } from './tenant-store.ts'

const MAX_KNOWN_TENANTS = 10_000

/** Ids of tenants that are known to exist. */
export interface KnownTenants {
  add(id: string): void
  /** Throws `NotFound` if there is no such tenant. Reads the store only for ids that are not known yet. */
  require(id: string): Promise<void>
}

/**
 * Starts with no known tenants. Remembering a tenant is safe because tenants are never deleted; that one does not exist
 * is not remembered, because it may be created at any time, by any server.
 */
export function knownTenants(store: Pick<TenantStore, 'byIds'>): KnownTenants {
  const known = new Set<string>()
  const exists = coalescedLookup(async ids => new Map((await store.byIds(OPERATOR_SCOPE, ids)).map(({ id }) => [id, true])))
  const add = (id: string) => {
    if (known.size >= MAX_KNOWN_TENANTS) known.clear()
    known.add(id)
  }
  return {
    add,
    async require(id) {
      if (known.has(id)) return
      if (!(await exists(id))) throw new NotFound('tenant', id)
      add(id)
    },
  }
}
