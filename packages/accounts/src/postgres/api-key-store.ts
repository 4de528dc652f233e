import type { InferEntity } from '@mikro-orm/core'
import { isUuid, OPERATOR_SCOPE, toPage } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import { entityDatabase } from '@tollgate/postgres/mikro-orm'
import type { ApiKeyStore } from '../api-key-store.ts'
import type { ApiKey } from '../model/api-key.ts'
import { API_KEY_COLUMNS, type ApiKeyColumns, readApiKeyColumns } from './api-key-columns.ts'
import { apiKeysBySecretHashes } from './api-keys-by-secret-hashes.ts'
import { ApiKeyRow } from './entities.ts'
import { recordUses } from './record-uses.ts'

// Changes are in SQL, because they must be able to join a transaction, and entities cannot.
const ADD = `
insert into accounts.api_keys (
  id, tenant_id, name, prefix, secret_hash, scopes, created_at, expires_at, revoked_at, last_used_at, previous_secret_expires_at
)
values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $8::timestamptz, $9::timestamptz, $10::timestamptz, $11::timestamptz)`
const REVOKE = `
with before as (
  select id, revoked_at from accounts.api_keys where id = $1 for update
)
update accounts.api_keys keys
set revoked_at = coalesce(before.revoked_at, $2::timestamptz)
from before
where keys.id = before.id
returning ${API_KEY_COLUMNS}, before.revoked_at is not null as was_revoked`
// PostgreSQL evaluates it again after waiting for a rotation or revocation in progress.
const ROTATE = `
update accounts.api_keys keys
set previous_secret_hash = keys.secret_hash, previous_secret_expires_at = $4::timestamptz, secret_hash = $2, prefix = $3
where keys.id = $1 and keys.revoked_at is null
returning ${API_KEY_COLUMNS}`

/** Stores API keys in `accounts.api_keys`. */
export function postgresApiKeyStore(database: PostgresDatabase): ApiKeyStore {
  return {
    async add({ id, tenantId, name, prefix, scopes, createdAt, ...times }, secretHash) {
      const ends = [times.expiresAt, times.revokedAt, times.lastUsedAt, times.previousSecretExpiresAt].map(time => time?.toString() ?? null)
      const values = [id, tenantId, name, prefix, secretHash, [...scopes], createdAt.toString(), ...ends]
      await database.query(OPERATOR_SCOPE, ADD, values)
    },
    byIds: (scope, ids) =>
      entityDatabase(database).entities(scope, async entities => (await entities.find(ApiKeyRow, { id: { $in: [...ids] } })).map(toApiKey)),
    bySecretHashes: apiKeysBySecretHashes(database),
    list: ({ tenantId, includeRevoked = false, first, after }) =>
      entityDatabase(database).entities(OPERATOR_SCOPE, async entities => {
        const where = {
          ...(tenantId !== undefined && { tenantId }),
          ...(!includeRevoked && { revokedAt: null }),
          ...(after !== undefined && { id: { $lt: after } }),
        }
        const rows = await entities.find(ApiKeyRow, where, { orderBy: { id: 'desc' }, limit: first + 1 })
        return toPage(rows.map(toApiKey), first)
      }),
    async revoke(id, at) {
      if (!isUuid(id)) return undefined
      const [row] = await database.query<ApiKeyColumns & { was_revoked: boolean }>(OPERATOR_SCOPE, REVOKE, [id, at.toString()])
      return row && { apiKey: readApiKeyColumns(row), wasRevoked: row.was_revoked }
    },
    async rotate(id, { secretHash, prefix, previousExpiresAt }) {
      if (!isUuid(id)) return undefined
      const [row] = await database.query<ApiKeyColumns>(OPERATOR_SCOPE, ROTATE, [id, secretHash, prefix, previousExpiresAt.toString()])
      return row && readApiKeyColumns(row)
    },
    recordUses: uses => recordUses(database, uses),
  }
}

function toApiKey({ scopes, ...row }: InferEntity<typeof ApiKeyRow>): ApiKey {
  const { id, tenantId, name, prefix, createdAt, expiresAt, revokedAt, lastUsedAt, previousSecretExpiresAt } = row
  return { id, tenantId, name, prefix, scopes: [...scopes], createdAt, expiresAt, revokedAt, lastUsedAt, previousSecretExpiresAt }
}
