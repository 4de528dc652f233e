import { coalescedLookup, NotFound, OPERATOR_SCOPE } from '@tollgate/kernel'
import type { AccountStore } from './account-store.ts'

const REMEMBERED_TENANTS = 10_000

/**
 * Tells whether tenants exist, at no cost for those that were seen before. What exists is remembered, which is sound
 * because tenants are never deleted; what does not is asked for every time, because it may be made meanwhile.
 */
export function knownTenants(store: Pick<AccountStore, 'tenantsByIds'>): { require(id: string): Promise<void>; remember(id: string): void } {
  const known = new Set<string>()
  const exists = coalescedLookup(async ids => new Map((await store.tenantsByIds(OPERATOR_SCOPE, ids)).map(({ id }) => [id, true])))
  const remember = (id: string) => {
    if (known.size >= REMEMBERED_TENANTS) known.clear()
    known.add(id)
  }
  return {
    remember,
    async require(id) {
      if (known.has(id)) return
      if (!(await exists(id))) throw new NotFound('tenant', id)
      remember(id)
    },
  }
}
