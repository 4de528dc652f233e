import { instantOrNull } from '@tollgate/postgres'
import { Temporal } from '@tollgate/kernel'
import type { ApiKey } from '../model/api-key.ts'

/** Columns of `accounts.api_keys` that make a key. */
export const API_KEY_COLUMNS =
  'keys.id, keys.tenant_id, keys.name, keys.prefix, keys.scopes, keys.created_at, keys.expires_at, keys.revoked_at, keys.last_used_at, keys.previous_secret_expires_at'

/** A row of these columns. */
export interface ApiKeyColumns {
  readonly id: string
  readonly tenant_id: string | null
  readonly name: string
  readonly prefix: string
  readonly scopes: readonly string[]
  readonly created_at: string
  readonly expires_at: string | null
  readonly revoked_at: string | null
  readonly last_used_at: string | null
  readonly previous_secret_expires_at: string | null
}

/** Makes a key from a row that a statement returned. */
export function readApiKeyColumns(row: ApiKeyColumns): ApiKey {
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
    previousSecretExpiresAt: instantOrNull(row.previous_secret_expires_at),
  }
}
