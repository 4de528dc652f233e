import { type InferEntity, LockMode } from '@mikro-orm/core'
import { OPERATOR_SCOPE, toPage } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { ApiKeyStore } from '../api-key-store.ts'
import type { ApiKey } from '../model/api-key.ts'
import { apiKeysBySecretHashes } from './api-keys-by-secret-hashes.ts'
import { ApiKeyRow } from './entities.ts'
import { recordUses } from './record-uses.ts'

/** Stores API keys in `accounts.api_keys`. */
export function postgresApiKeyStore(database: PostgresDatabase): ApiKeyStore {
  return {
    async add(apiKey, secretHash) {
      const row = { ...apiKey, scopes: [...apiKey.scopes], secretHash, previousSecretHash: null }
      await database.entities(OPERATOR_SCOPE, async entities => void entities.create(ApiKeyRow, row, { persist: true }))
    },
    byIds: (scope, ids) => database.entities(scope, async entities => (await entities.find(ApiKeyRow, { id: { $in: [...ids] } })).map(toApiKey)),
    bySecretHashes: hashes => apiKeysBySecretHashes(database, hashes),
    list: ({ tenantId, includeRevoked = false, first, after }) =>
      database.entities(OPERATOR_SCOPE, async entities => {
        const where = {
          ...(tenantId !== undefined && { tenantId }),
          ...(!includeRevoked && { revokedAt: null }),
          ...(after !== undefined && { id: { $lt: after } }),
        }
        const rows = await entities.find(ApiKeyRow, where, { orderBy: { id: 'desc' }, limit: first + 1 })
        return toPage(rows.map(toApiKey), first)
      }),
    revoke: (id, at) =>
      database.entities(OPERATOR_SCOPE, async entities => {
        const row = await entities.findOne(ApiKeyRow, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
        if (row !== null) row.revokedAt ??= at
        return row === null ? undefined : toApiKey(row)
      }),
    rotate: (id, { secretHash, prefix, previousExpiresAt }) =>
      database.entities(OPERATOR_SCOPE, async entities => {
        const row = await entities.findOne(ApiKeyRow, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
        if (row === null || row.revokedAt !== null) return undefined
        Object.assign(row, { previousSecretHash: row.secretHash, previousSecretExpiresAt: previousExpiresAt, secretHash, prefix })
        return toApiKey(row)
      }),
    recordUses: uses => recordUses(database, uses),
  }
}

function toApiKey({ scopes, ...row }: InferEntity<typeof ApiKeyRow>): ApiKey {
  const { id, tenantId, name, prefix, createdAt, expiresAt, revokedAt, lastUsedAt, previousSecretExpiresAt } = row
  return { id, tenantId, name, prefix, scopes: [...scopes], createdAt, expiresAt, revokedAt, lastUsedAt, previousSecretExpiresAt }
}
