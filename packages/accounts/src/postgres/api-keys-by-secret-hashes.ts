import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { ApiKey } from '../model/api-key.ts'
import { apiKeyOfPreviousSecret } from '../model/api-key-of-previous-secret.ts'
import { API_KEY_COLUMNS, type ApiKeyColumns, readApiKeyColumns } from './api-key-columns.ts'

/**
 * Runs for every request. Relies on the unique indexes on secret_hash and previous_secret_hash. Returns only keys that are not
 * known in their current version: transferring and reading a row costs more than finding it. Each change of a row gives it
 * another xmin. The columns are one value, because PostgreSQL describes each column of a result, even of an empty one.
 */
export const SELECT_CHANGED = {
  name: 'changed-api-keys',
  text: `
select asked.hash, found.version, found.is_previous, found.columns
from unnest($1::text[], $2::text[]) as asked (hash, version)
left join lateral (
  select keys.xmin::text as version, false as is_previous, (select to_jsonb(key) from (select ${API_KEY_COLUMNS}) as key) as columns
  from accounts.api_keys keys
  where keys.secret_hash = asked.hash
  union all
  select keys.xmin::text, true, (select to_jsonb(key) from (select ${API_KEY_COLUMNS}) as key)
  from accounts.api_keys keys
  where keys.previous_secret_hash = asked.hash
) as found on true
where found.version is distinct from asked.version`,
}

/** A key that has changed. Without a version, no key has the hash any more. */
type Row = { readonly hash: string } & (
  | { readonly version: string; readonly is_previous: boolean; readonly columns: ApiKeyColumns }
  | { readonly version: null; readonly is_previous: null; readonly columns: null }
)

/** A key as it was last read. */
interface KnownKey {
  readonly version: string
  readonly apiKey: ApiKey
}

const MAX_KNOWN_KEYS = 10_000

/** Reads keys by the hashes of their secrets, in one statement and one round trip. Keys that have not changed are returned from memory. */
export function apiKeysBySecretHashes(database: Pick<PostgresDatabase, 'query'>): (hashes: readonly string[]) => Promise<ReadonlyMap<string, ApiKey>> {
  const known = new Map<string, KnownKey>()

  return async hashes => {
    const before = hashes.map(hash => known.get(hash))
    const rows = await database.query<Row>(OPERATOR_SCOPE, SELECT_CHANGED, [hashes, before.map(key => key?.version ?? null)])
    const found = new Map<string, ApiKey>()
    for (const [at, hash] of hashes.entries()) if (before[at] !== undefined) found.set(hash, before[at].apiKey)
    for (const row of rows) {
      if (row.version === null) {
        found.delete(row.hash)
        known.delete(row.hash)
      } else {
        const apiKey = row.is_previous ? apiKeyOfPreviousSecret(readApiKeyColumns(row.columns)) : readApiKeyColumns(row.columns)
        if (known.size >= MAX_KNOWN_KEYS) known.clear()
        known.set(row.hash, { version: row.version, apiKey })
        found.set(row.hash, apiKey)
      }
    }
    return found
  }
}
