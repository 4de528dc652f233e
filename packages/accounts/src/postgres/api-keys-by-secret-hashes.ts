import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import type { ApiKey } from '../model/api-key.ts'

/** Runs for every request. Relies on the unique index on secret_hash. */
const SELECT_BY_HASHES = `
select secret_hash, id, tenant_id, name, prefix, scopes, created_at, expires_at, revoked_at, last_used_at
from accounts.api_keys
where secret_hash = any($1::text[])`

interface Row {
  secret_hash: string
  id: string
  tenant_id: string | null
  name: string
  prefix: string
  scopes: string[]
  created_at: string
  expires_at: string | null
  revoked_at: string | null
  last_used_at: string | null
}

/** Reads keys by the hashes of their secrets, in one statement and one round trip. */
export async function apiKeysBySecretHashes(database: PostgresDatabase, hashes: readonly string[]): Promise<ReadonlyMap<string, ApiKey>> {
  const rows = await database.query<Row>(OPERATOR_SCOPE, SELECT_BY_HASHES, [hashes])
  return new Map(rows.map(row => [row.secret_hash, toApiKey(row)]))
}

function toApiKey(row: Row): ApiKey {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: Temporal.Instant.from(row.created_at),
    expiresAt: instantOrNull(row.expires_at),
    revokedAt: instantOrNull(row.revoked_at),
    lastUsedAt: instantOrNull(row.last_used_at),
  }
}

function instantOrNull(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text)
}
