import { AlreadyExists, type Clock, coalescedLookup, type IdSource, NotFound, type Transaction } from '@tollgate/kernel'
import type { AccountStore } from './account-store.ts'
import type { Accounts } from './accounts.ts'
import { keyUseRecorder } from './key-use-recorder.ts'
import { knownTenants } from './known-tenants.ts'
import { generateApiKeySecret, hashApiKeySecret, looksLikeApiKey } from './model/api-key-secret.ts'
import type { ApiKey } from './model/api-key.ts'
import { applyTenantUpdate } from './model/apply-tenant-update.ts'
import { checkApiKeyDraft } from './model/check-api-key-draft.ts'
import { checkTenant, type TenantCheck } from './model/check-tenant.ts'
import { previousSecretEnd } from './model/previous-secret-end.ts'
import type { KeyScopes } from './model/key-scopes.ts'
import type { Tenant } from './model/tenant.ts'

/** What accounts are composed of. */
export interface AccountsDependencies {
  readonly store: AccountStore
  readonly clock: Clock
  readonly ids: IdSource
  readonly keyScopes: KeyScopes
  /** Beginnings that a new tenant's id must not have, because ids of other things begin with them. Defaults to none. */
  readonly reservedIdPrefixes?: readonly string[] | undefined
  /** Returns the problems of rules of metadata, by position. Defaults to none. */
  readonly checkMetadataRules?: TenantCheck['checkMetadataRules']
  /** ISO 4217. Currency of new tenants that name none. Defaults to USD. */
  readonly defaultCurrency?: string | undefined
  /** Runs after a key was revoked, for what lasts longer than a request. */
  readonly onKeyRevoked?: () => Promise<void>
  /** Runs in the transaction that updates a tenant, with the tenant as it was before. If it throws, nothing changes. */
  readonly onTenantUpdate?: (before: Tenant, transaction: Transaction) => Promise<void>
  /** Awaited before keys are looked up. Requests that arrive meanwhile share the look-up. Defaults to the end of the turn of the event loop. */
  readonly beforeKeyLookup?: () => Promise<unknown>
  /** Called when times of last use could not be written. They are lost; nothing else is. */
  readonly onKeyUsesLost?: (error: unknown) => void
}

/** Creates the accounts service over a store. */
export function createAccounts({
  store,
  clock,
  ids,
  keyScopes,
  reservedIdPrefixes = [],
  checkMetadataRules = () => [],
  defaultCurrency,
  onTenantUpdate = async () => {},
  onKeyRevoked = async () => {},
  beforeKeyLookup = () => new Promise(setImmediate),
  onKeyUsesLost = () => {},
}: AccountsDependencies): Accounts {
  const known = knownTenants(store.tenants)
  const uses = keyUseRecorder({ store: store.apiKeys, clock, onKeyUsesLost })
  // A look-up costs more than a small request.
  const apiKeyByHash = coalescedLookup(hashes => store.apiKeys.bySecretHashes(hashes), { startAfter: beforeKeyLookup })

  return {
    async createTenant(draft) {
      const tenant = checkTenant({ ...draft, currency: draft.currency ?? defaultCurrency }, { createdAt: clock.now(), reservedIdPrefixes, checkMetadataRules })
      if (!(await store.tenants.add(tenant))) throw new AlreadyExists('tenant', tenant.id)
      known.add(tenant.id)
      return tenant
    },
    async updateTenant(update) {
      const tenant = await store.tenants.update(update.id, {
        apply: before => applyTenantUpdate(before, update, { checkMetadataRules }),
        afterwards: onTenantUpdate,
      })
      if (tenant === undefined) throw new NotFound('tenant', update.id)
      return tenant
    },
    tenantsByIds: (scope, wanted) => store.tenants.byIds(scope, wanted),
    tenants: (scope, page) => store.tenants.list(scope, page),
    requireTenant: id => known.require(id),

    async createApiKey(draft, grantable) {
      const now = clock.now()
      const checked = checkApiKeyDraft(draft, { keyScopes, grantable, now })
      if (checked.tenantId !== null) await known.require(checked.tenantId)
      const { secret, prefix } = generateApiKeySecret()
      const id = ids.uuidV7(now.epochMilliseconds)
      const apiKey: ApiKey = { ...checked, id, prefix, createdAt: now, revokedAt: null, lastUsedAt: null, previousSecretExpiresAt: null }
      await store.apiKeys.add(apiKey, hashApiKeySecret(secret))
      return { apiKey, secret }
    },
    async revokeApiKey(id) {
      const revoked = await store.apiKeys.revoke(id, clock.now())
      if (revoked === undefined) throw new NotFound('API key', id)
      await onKeyRevoked()
      return revoked.apiKey
    },
    async rotateApiKey(id, options = {}) {
      const previousExpiresAt = previousSecretEnd(options, clock.now())
      const { secret, prefix } = generateApiKeySecret()
      const apiKey = await store.apiKeys.rotate(id, { secretHash: hashApiKeySecret(secret), prefix, previousExpiresAt })
      if (apiKey === undefined) throw new NotFound('API key', id)
      return { apiKey, secret }
    },
    apiKeys: query => store.apiKeys.list(query),
    apiKeysByIds: (scope, wanted) => store.apiKeys.byIds(scope, wanted),
    apiKeyBySecret: (secret, hash = hashApiKeySecret(secret)) => (looksLikeApiKey(secret) ? apiKeyByHash(hash) : Promise.resolve(undefined)),
    recordUse: ({ id }) => uses.record(id),
    stop: () => uses.stop(),
  }
}
