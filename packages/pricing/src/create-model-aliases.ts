import { checkPageSize, type Clock, type IdSource, InvalidInput, toMicrosecond } from '@tollgate/kernel'
import { checkShape, inputShape, optionalTime, requireTime } from '@tollgate/kernel/input'
import type { AliasStore } from './alias-store.ts'
import { canonicalProvider } from './model/names/canonical-provider.ts'
import { checkModelAlias } from './model/aliases/check-model-alias.ts'
import type { AliasTarget, ModelAlias, ModelAliasDraft } from './model/aliases/model-alias.ts'
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

const OPTIONS = inputShape<ModelAliasesDependencies>({ store: 'object', clock: 'object', ids: 'object' })
const DRAFT = inputShape<ModelAliasDraft>({ tenantId: 'text?', provider: 'text', name: 'text', target: 'object|null', from: 'time', to: 'time?' })
const TARGET = inputShape<AliasTarget>({ provider: 'text', model: 'text' })

/**
 * Creates the service for tenants' own names of models. Give its store to `createPricing` too, which applies them. Throws `InvalidInput`
 * for options that it does not have, or that are missing.
 */
export function createModelAliases(options: ModelAliasesDependencies): ModelAliases {
  checkShape(OPTIONS, options)
  const { store, clock, ids } = options
  return {
    async set(scope, given) {
      checkShape(DRAFT, given)
      if (given.target !== null) checkShape(TARGET, given.target, 'target')
      const draft = { ...given, from: requireTime('from', given.from), to: optionalTime('to', given.to) }
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
