import { type Scope, scopeIncludes, Temporal, toPage } from '@tollgate/kernel'
import type { ApiKeyStore } from '../api-key-store.ts'
import { apiKeyOfPreviousSecret } from '../model/api-key-of-previous-secret.ts'
import type { ApiKey } from '../model/api-key.ts'

/** Keeps API keys in this process. */
export function memoryApiKeyStore(): ApiKeyStore {
  const byId = new Map<string, ApiKey>()
  const idsByHash = new Map<string, string>()
  const previousHashes = new Map<string, string>()

  return {
    async add(apiKey, secretHash) {
      byId.set(apiKey.id, apiKey)
      idsByHash.set(secretHash, apiKey.id)
    },
    async byIds(scope, ids) {
      return [...new Set(ids)].flatMap(id => byId.get(id) ?? []).filter(apiKey => isInScope(scope, apiKey))
    },
    async bySecretHashes(hashes) {
      const found = new Map<string, ApiKey>()
      for (const hash of hashes) {
        const apiKey = byId.get(idsByHash.get(hash) ?? '')
        if (apiKey !== undefined) found.set(hash, previousHashes.get(apiKey.id) === hash ? apiKeyOfPreviousSecret(apiKey) : apiKey)
      }
      return found
    },
    async list({ tenantId, includeRevoked = false, first, after }) {
      const listed = [...byId.values()].filter(
        apiKey =>
          (tenantId === undefined || apiKey.tenantId === tenantId) &&
          (includeRevoked || apiKey.revokedAt === null) &&
          (after === undefined || apiKey.id < after),
      )
      return toPage(
        listed.toSorted((a, b) => (a.id > b.id ? -1 : 1)),
        first,
      )
    },
    async revoke(id, at) {
      const apiKey = byId.get(id)
      if (apiKey === undefined) return undefined
      const revoked = { ...apiKey, revokedAt: apiKey.revokedAt ?? at }
      byId.set(id, revoked)
      return { apiKey: revoked, wasRevoked: apiKey.revokedAt !== null }
    },
    async rotate(id, { secretHash, prefix, previousExpiresAt }) {
      const apiKey = byId.get(id)
      if (apiKey === undefined || apiKey.revokedAt !== null) return undefined
      idsByHash.delete(previousHashes.get(id) ?? '')
      const [current = ''] = [...idsByHash].find(([, of]) => of === id) ?? []
      previousHashes.set(id, current)
      idsByHash.set(secretHash, id)
      const rotated = { ...apiKey, prefix, previousSecretExpiresAt: previousExpiresAt }
      byId.set(id, rotated)
      return rotated
    },
    async recordUses(uses) {
      for (const [id, at] of uses) {
        const apiKey = byId.get(id)
        if (apiKey === undefined) continue
        const { lastUsedAt } = apiKey
        if (lastUsedAt === null || Temporal.Instant.compare(lastUsedAt, at) < 0) byId.set(id, { ...apiKey, lastUsedAt: at })
      }
    },
  }
}

function isInScope(scope: Scope, { tenantId }: ApiKey): boolean {
  return tenantId === null ? scope.kind === 'operator' : scopeIncludes(scope, tenantId)
}
