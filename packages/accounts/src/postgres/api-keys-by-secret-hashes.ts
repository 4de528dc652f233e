import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { ApiKey } from '../model/api-key.ts'
import { apiKeyOfPreviousSecret } from '../model/api-key-of-previous-secret.ts'
import { API_KEY_COLUMNS, type ApiKeyColumns, readApiKeyColumns } from './api-key-columns.ts'

/** Runs for every request. Relies on the unique indexes on secret_hash and previous_secret_hash. */
const SELECT_BY_HASHES = `
select keys.secret_hash as found_by, false as is_previous, ${API_KEY_COLUMNS}
from accounts.api_keys keys
where keys.secret_hash = any($1::text[])
union all
select keys.previous_secret_hash, true, ${API_KEY_COLUMNS}
from accounts.api_keys keys
where keys.previous_secret_hash = any($1::text[])`

interface Row extends ApiKeyColumns {
  readonly found_by: string
  readonly is_previous: boolean
}

/** Reads keys by the hashes of their secrets, in one statement and one round trip. */
export async function apiKeysBySecretHashes(database: PostgresDatabase, hashes: readonly string[]): Promise<ReadonlyMap<string, ApiKey>> {
  const rows = await database.query<Row>(OPERATOR_SCOPE, SELECT_BY_HASHES, [hashes])
  return new Map(rows.map(row => [row.found_by, row.is_previous ? apiKeyOfPreviousSecret(readApiKeyColumns(row)) : readApiKeyColumns(row)]))
}
