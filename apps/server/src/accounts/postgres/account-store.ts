import type { PostgresDatabase } from '@tollgate/postgres'
import { type InferEntity, LockMode, UniqueConstraintViolationException } from '@mikro-orm/core'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { AccountStore } from '../account-store.ts'
import type { ApiKey } from '../api-key.ts'
import type { Tenant } from '../tenant.ts'
import { apiKeysBySecretHashes } from './api-keys-by-secret-hashes.ts'
import { ApiKeyRow, TenantRow } from './entities.ts'
import { noteUses } from './note-uses.ts'
import { updateTenant } from './update-tenant.ts'

/** Tenants and keys in PostgreSQL. Open the database with `accountsEntities`. */
export function postgresAccountStore({ database }: { database: PostgresDatabase }): AccountStore {
  return {
    async addTenant(tenant) {
      try {
        await database.entities(OPERATOR_SCOPE, async entities => void entities.create(TenantRow, tenant, { persist: true }))
        return true
      } catch (error) {
        if (error instanceof UniqueConstraintViolationException) return false
        throw error
      }
    },
    updateTenant: (id, change, also) => updateTenant(database, { id, change, also }),
    tenantsByIds: (scope, ids) => database.entities(scope, async entities => (await entities.find(TenantRow, { id: { $in: [...ids] } })).map(toTenant)),
    listTenants: (scope, { first, after }) =>
      database.entities(scope, async entities => {
        const where = after === undefined ? {} : { id: { $gt: after } }
        const rows = await entities.find(TenantRow, where, { orderBy: { id: 'asc' }, limit: first + 1 })
        return { tenants: rows.slice(0, first).map(toTenant), hasMore: rows.length > first }
      }),

    async addApiKey(apiKey, secretHash) {
      await database.entities(
        OPERATOR_SCOPE,
        async entities => void entities.create(ApiKeyRow, { ...apiKey, scopes: [...apiKey.scopes], secretHash }, { persist: true }),
      )
    },
    apiKeysByIds: (scope, ids) => database.entities(scope, async entities => (await entities.find(ApiKeyRow, { id: { $in: [...ids] } })).map(toApiKey)),
    apiKeysBySecretHashes: hashes => apiKeysBySecretHashes(database, hashes),
    listApiKeys: ({ tenantId, includeRevoked = false, first, after }) =>
      database.entities(OPERATOR_SCOPE, async entities => {
        const where = {
          ...(tenantId !== undefined && { tenantId }),
          ...(!includeRevoked && { revokedAt: null }),
          ...(after !== undefined && { id: { $lt: after } }),
        }
        const rows = await entities.find(ApiKeyRow, where, { orderBy: { id: 'desc' }, limit: first + 1 })
        return { apiKeys: rows.slice(0, first).map(toApiKey), hasMore: rows.length > first }
      }),
    revokeApiKey: (id, at) =>
      database.entities(OPERATOR_SCOPE, async entities => {
        const row = await entities.findOne(ApiKeyRow, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
        if (row !== null) row.revokedAt ??= at
        return row === null ? undefined : toApiKey(row)
      }),
    noteUses: uses => noteUses(database, uses),
  }
}

function toTenant({ id, name, tier, timeZone, currency, billingAnchorDay, createdAt }: InferEntity<typeof TenantRow>): Tenant {
  return { id, name, tier, timeZone, currency, billingAnchorDay, createdAt }
}

function toApiKey({ id, tenantId, name, prefix, scopes, createdAt, expiresAt, revokedAt, lastUsedAt }: InferEntity<typeof ApiKeyRow>): ApiKey {
  return { id, tenantId, name, prefix, scopes: [...scopes], createdAt, expiresAt, revokedAt, lastUsedAt }
}
