import { InvalidInput, type Scope, scopeIncludes, scopeIncludesShared, toPage } from '@tollgate/kernel'
import type { AliasStore } from '../alias-store.ts'
import type { ModelAlias } from '../model/aliases/model-alias.ts'
import { requireAliasOwner } from '../model/aliases/require-alias-owner.ts'

/** Creates a store of model aliases in memory: for tests, examples, and programs that set their aliases every time they start. */
export function memoryAliasStore(): AliasStore {
  const aliases: ModelAlias[] = []
  const visible =
    (scope: Scope) =>
    ({ tenantId }: ModelAlias) =>
      tenantId === null ? scopeIncludesShared(scope) : scopeIncludes(scope, tenantId)

  return {
    version: async () => String(aliases.length),

    all: async () => [...aliases],

    async add(scope, alias, max) {
      requireAliasOwner(scope, alias)
      if (aliases.filter(({ tenantId }) => tenantId === alias.tenantId).length >= max) return false
      aliases.push(alias)
      return true
    },

    async list(scope, { first, after, provider, name }) {
      const newestFirst = aliases.filter(visible(scope)).toSorted((a, b) => (a.id < b.id ? 1 : -1))
      if (after !== undefined && !newestFirst.some(({ id }) => id === after)) {
        throw new InvalidInput([{ path: 'after', message: 'is not the id of an alias' }])
      }
      const matching = newestFirst.filter(
        alias =>
          (after === undefined || alias.id < after) &&
          (provider === undefined || alias.provider === provider) &&
          (name === undefined || alias.name.toLowerCase() === name.toLowerCase()),
      )
      return toPage(matching.slice(0, first + 1), first)
    },
  }
}
