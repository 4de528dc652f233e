import { checkPageSize, type Clock, type IdSource, InvalidInput, toMicrosecond } from '@tollgate/kernel'
import type { AliasStore } from './alias-store.ts'
import { canonicalProvider } from './model/canonical-provider.ts'
import { checkModelAlias } from './model/check-model-alias.ts'
import type { ModelAlias } from './model/model-alias.ts'
import type { ModelAliases } from './model-aliases.ts'

/** What `createModelAliases` needs. */
export interface ModelAliasesDependencies {
  readonly store: AliasStore
  readonly clock: Clock
  readonly ids: IdSource
}

const PAGE_SIZE = { default: 100, max: 1_000 }
/** Maximum number of aliases of one tenant, and of those for all tenants. All are in memory. */
const MAX_ALIASES = 10_000

/** Creates the service for tenants' own names of models. Give its store to `createPricing` too, which applies them. */
export function createModelAliases({ store, clock, ids }: ModelAliasesDependencies): ModelAliases {
  return {
    async set(scope, draft) {
      const issues = checkModelAlias(draft)
      if (issues.length > 0) throw new InvalidInput(issues)
      const now = clock.now()
      const alias: ModelAlias = {
        id: ids.uuidV7(now.epochMilliseconds),
        tenantId: draft.tenantId ?? null,
        provider: canonicalProvider(draft.provider),
        name: draft.name.trim(),
        target: draft.target && { provider: canonicalProvider(draft.target.provider), model: draft.target.model.trim() },
        from: toMicrosecond(draft.from),
        to: draft.to ? toMicrosecond(draft.to) : null,
        publishedAt: toMicrosecond(now),
      }
      if (await store.add(scope, alias, MAX_ALIASES)) return alias
      const owner = alias.tenantId === null ? 'all tenants' : `the tenant "${alias.tenantId}"`
      throw new InvalidInput([{ path: 'name', message: `cannot be set: there are already ${MAX_ALIASES.toLocaleString('en')} aliases of ${owner}` }])
    },

    async list(scope, query) {
      const first = checkPageSize(query.first, PAGE_SIZE)
      return store.list(scope, { ...query, first, ...(query.provider !== undefined && { provider: canonicalProvider(query.provider) }) })
    },
  }
}
