import { AlreadyExists, checkPageSize, type Clock, coalescedLookup, type IdSource, NotFound, type PageSizeLimits, type Transaction } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape, requireText } from '@tollgate/kernel/input'
import type { AccountStore } from './account-store.ts'
import type { Accounts } from './accounts.ts'
import { INPUTS } from './input-shapes.ts'
import { keyUseRecorder } from './key-use-recorder.ts'
import { knownTenants } from './known-tenants.ts'
import { generateApiKeySecret, hashApiKeySecret, looksLikeApiKey } from './model/api-key-secret.ts'
import type { ApiKey } from './model/api-key.ts'
import { applyTenantUpdate } from './model/apply-tenant-update.ts'
import { checkApiKeyDraft } from './model/check-api-key-draft.ts'
import { checkTenant, type TenantCheck } from './model/check-tenant.ts'
import { previousSecretEnd } from './model/previous-secret-end.ts'
import { checkKeyScopes, type KeyScopes } from './model/key-scopes.ts'
import type { Tenant, TenantUpdate } from './model/tenant.ts'

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

const OPTIONS = inputShape<AccountsDependencies>({
  store: 'object',
  clock: 'object',
  ids: 'object',
  keyScopes: 'object',
  reservedIdPrefixes: 'list?',
  checkMetadataRules: 'function?',
  defaultCurrency: 'text?',
  onKeyRevoked: 'function?',
  onTenantUpdate: 'function?',
  beforeKeyLookup: 'function?',
  onKeyUsesLost: 'function?',
})

const PAGE_SIZE: PageSizeLimits = { default: 100, max: 1_000 }

/** Creates the accounts service over a store. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createAccounts(options: AccountsDependencies): Accounts {
  checkShape(OPTIONS, options)
  checkKeyScopes(options.keyScopes)
  const { store, clock, ids, keyScopes } = options
  const reservedIdPrefixes = options.reservedIdPrefixes ?? []
  const checkMetadataRules = options.checkMetadataRules ?? (() => [])
  const onTenantUpdate = options.onTenantUpdate ?? (async () => {})
  const known = knownTenants(store.tenants)
  const uses = keyUseRecorder({ store: store.apiKeys, clock, onKeyUsesLost: options.onKeyUsesLost ?? (() => {}) })
  // A look-up costs more than a small request.
  const apiKeyBySecret = coalescedLookup(async secrets => apiKeysBySecrets(store.apiKeys, secrets), {
    startAfter: options.beforeKeyLookup ?? (() => new Promise(setImmediate)),
  })

  return {
    createTenant: checkedInput(INPUTS.tenant, async draft => {
      checkRuleShapes(draft)
      const currency = draft.currency ?? options.defaultCurrency
      const tenant = checkTenant({ ...draft, currency }, { createdAt: clock.now(), reservedIdPrefixes, checkMetadataRules })
      if (!(await store.tenants.add(tenant))) throw new AlreadyExists('tenant', tenant.id)
      known.add(tenant.id)
      return tenant
    }),
    updateTenant: checkedInput(INPUTS.tenantUpdate, async update => {
      checkRuleShapes(update)
      const tenant = await store.tenants.update(update.id, {
        apply: before => applyTenantUpdate(before, update, { checkMetadataRules }),
        afterwards: onTenantUpdate,
      })
      if (tenant === undefined) throw new NotFound('tenant', update.id)
      return tenant
    }),
    tenantsByIds: (scope, wanted) => store.tenants.byIds(scope, wanted),
    async tenants(scope, page) {
      checkShape(INPUTS.page, page)
      return store.tenants.list(scope, { ...page, first: checkPageSize(page.first, PAGE_SIZE) })
    },
    async requireTenant(id) {
      requireText('id', id)
      return known.require(id)
    },

    async createApiKey(draft, grantable) {
      checkShape(INPUTS.apiKey, draft)
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
      requireText('id', id)
      const revoked = await store.apiKeys.revoke(id, clock.now())
      if (revoked === undefined) throw new NotFound('API key', id)
      await options.onKeyRevoked?.()
      return revoked.apiKey
    },
    async rotateApiKey(id, rotation = {}) {
      requireText('id', id)
      checkShape(INPUTS.rotation, rotation)
      const previousExpiresAt = previousSecretEnd(rotation, clock.now())
      const { secret, prefix } = generateApiKeySecret()
      const apiKey = await store.apiKeys.rotate(id, { secretHash: hashApiKeySecret(secret), prefix, previousExpiresAt })
      if (apiKey === undefined) throw new NotFound('API key', id)
      return { apiKey, secret }
    },
    apiKeys: checkedInput(INPUTS.apiKeys, async query => store.apiKeys.list({ ...query, first: checkPageSize(query.first, PAGE_SIZE) })),
    apiKeysByIds: (scope, wanted) => store.apiKeys.byIds(scope, wanted),
    apiKeyBySecret,
    recordUse: ({ id }) => uses.record(id),
    stop: () => uses.stop(),
  }
}

/** Reads keys by their secrets. A text that cannot be a secret is not looked up. */
async function apiKeysBySecrets(store: Pick<AccountStore['apiKeys'], 'bySecretHashes'>, texts: readonly string[]): Promise<ReadonlyMap<string, ApiKey>> {
  const hashes = new Map(texts.filter(looksLikeApiKey).map(secret => [secret, hashApiKeySecret(secret)]))
  const found = new Map<string, ApiKey>()
  if (hashes.size === 0) return found
  const keys = await store.bySecretHashes([...hashes.values()])
  for (const [secret, hash] of hashes) {
    const apiKey = keys.get(hash)
    if (apiKey !== undefined) found.set(secret, apiKey)
  }
  return found
}

function checkRuleShapes({ metadataRules }: Pick<TenantUpdate, 'metadataRules'>): void {
  for (const [i, rule] of (metadataRules ?? []).entries()) checkShape(INPUTS.metadataRule, rule, `metadataRules.${i}`)
}
