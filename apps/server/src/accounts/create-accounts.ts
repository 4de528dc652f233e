import { AlreadyExists, type Clock, coalescedLookup, type IdSource, NotFound, type Transaction } from '@tollgate/kernel'
import type { Logger } from 'pino'
import type { AccountStore } from './account-store.ts'
import type { Accounts } from './accounts.ts'
import { drawApiKeySecret, hashApiKeySecret, looksLikeApiKey } from './api-key-secret.ts'
import type { ApiKey } from './api-key.ts'
import type { Tenant } from './tenant.ts'
import { checkApiKey } from './check-api-key.ts'
import { changeTenant } from './change-tenant.ts'
import { checkTenant } from './check-tenant.ts'
import { keyUseLog } from './key-use-log.ts'
import { knownTenants } from './known-tenants.ts'

/** What accounts stand on. */
export interface AccountsDependencies {
  readonly store: AccountStore
  readonly clock: Clock
  readonly ids: IdSource
  readonly logger?: Logger | undefined
  /** What must follow from the change of a tenant, in its transaction. */
  readonly tenantChanged?: (before: Tenant, transaction: Transaction) => Promise<void>
}

/** Tenants and keys over a store. */
export function createAccounts({ store, clock, ids, logger, tenantChanged = async () => {} }: AccountsDependencies): Accounts {
  const tenants = knownTenants(store)
  const uses = keyUseLog({ store, clock, logger })
  const apiKeyByHash = coalescedLookup(hashes => store.apiKeysBySecretHashes(hashes))

  return {
    async createTenant(draft) {
      const tenant = checkTenant(draft, clock.now())
      if (!(await store.addTenant(tenant))) throw new AlreadyExists('tenant', tenant.id)
      tenants.remember(tenant.id)
      return tenant
    },
    async updateTenant(update) {
      const tenant = await store.updateTenant(
        update.id,
        before => changeTenant(before, update),
        (transaction, before) => tenantChanged(before, transaction),
      )
      if (tenant === undefined) throw new NotFound('tenant', update.id)
      return tenant
    },
    tenantsByIds: (scope, wanted) => store.tenantsByIds(scope, wanted),
    tenants: (scope, page) => store.listTenants(scope, page),
    requireTenant: id => tenants.require(id),

    async createApiKey(draft, grantable) {
      const now = clock.now()
      const checked = checkApiKey(draft, { grantable, now })
      if (checked.tenantId !== null) await tenants.require(checked.tenantId)
      const { secret, prefix } = drawApiKeySecret()
      const id = ids.uuidV7(now.epochMilliseconds)
      const apiKey: ApiKey = { ...checked, id, prefix, createdAt: now, revokedAt: null, lastUsedAt: null }
      await store.addApiKey(apiKey, hashApiKeySecret(secret))
      return { apiKey, secret }
    },
    async revokeApiKey(id) {
      const revoked = await store.revokeApiKey(id, clock.now())
      if (revoked === undefined) throw new NotFound('API key', id)
      return revoked
    },
    apiKeys: page => store.listApiKeys(page),
    apiKeysByIds: (scope, wanted) => store.apiKeysByIds(scope, wanted),
    apiKeyBySecret: async secret => (looksLikeApiKey(secret) ? apiKeyByHash(hashApiKeySecret(secret)) : undefined),
    noteUse: ({ id }) => uses.note(id),
    stop: () => uses.stop(),
  }
}
