import { type Encryption, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { decryptText, type EncryptedColumn, encryptText, type PostgresDatabase } from '@tollgate/postgres'
import type { SigningKey } from '../model/signing-key.ts'
import { type SigningKeyStore, tokenKeysId } from '../signing-key-store.ts'
import { PSEUDONYM_KEY_COLUMN } from './metadata-policies.ts'
import { API_KEY_COLUMNS, type ApiKeyColumns, readApiKeyColumns } from './api-key-columns.ts'

const ADD = `insert into accounts.signing_keys (id, public_key, private_key, created_at) values ($1, $2, $3, $4::timestamptz)`

const NEWEST = `select id, public_key, private_key, created_at from accounts.signing_keys order by created_at desc, id desc limit 1`

const REMOVE_SUPERSEDED = `
delete from accounts.signing_keys old
where exists (select from accounts.signing_keys newer where newer.created_at > old.created_at and newer.created_at < $1::timestamptz)`

const REMOVE_ALL_BUT = `delete from accounts.signing_keys where id <> $1`

/** Runs for every request with a token. Relies on the primary keys. */
const TOKEN_KEYS = `
with wanted as (
  select signing_key_id, api_key_id from unnest($1::text[], $2::uuid[]) as wanted (signing_key_id, api_key_id)
)
select wanted.signing_key_id, wanted.api_key_id, signing.public_key, ${API_KEY_COLUMNS}
from wanted
  join accounts.signing_keys signing on signing.id = wanted.signing_key_id
  left join accounts.api_keys keys on keys.id = wanted.api_key_id`

interface SigningKeyRow {
  readonly id: string
  readonly public_key: string
  readonly private_key: string
  readonly created_at: string
}

type TokenKeysRow = Omit<ApiKeyColumns, 'id'> & {
  readonly id: string | null
  readonly signing_key_id: string
  readonly api_key_id: string | null
  readonly public_key: string
}

const privateKeyContext = (id: string) => `accounts.signing_keys.private_key ${id}`

/** The encrypted columns of accounts. */
export const accountsEncryptedColumns: readonly EncryptedColumn[] = [
  PSEUDONYM_KEY_COLUMN,
  { table: 'accounts.signing_keys', key: ['id'], column: 'private_key', type: 'text', context: (id = '') => privateKeyContext(id) },
]

/** Stores signing keys in `accounts.signing_keys`, the private ones encrypted. */
export function postgresSigningKeyStore(database: PostgresDatabase, encryption: Encryption): SigningKeyStore {
  return {
    async add({ id, publicKey, privateKey, createdAt }) {
      const encrypted = encryptText(encryption, privateKey, privateKeyContext(id))
      await database.query(OPERATOR_SCOPE, ADD, [id, publicKey, encrypted, createdAt.toString()])
    },
    async newest() {
      const [row] = await database.query<SigningKeyRow>(OPERATOR_SCOPE, NEWEST)
      return row && toSigningKey(row, encryption)
    },
    removeSupersededBefore: async time => void (await database.query(OPERATOR_SCOPE, REMOVE_SUPERSEDED, [time.toString()])),
    removeAllBut: async id => void (await database.query(OPERATOR_SCOPE, REMOVE_ALL_BUT, [id])),
    async tokenKeys(tokens) {
      const values = [tokens.map(({ signingKeyId }) => signingKeyId), tokens.map(({ apiKeyId }) => apiKeyId)]
      const rows = await database.query<TokenKeysRow>(OPERATOR_SCOPE, TOKEN_KEYS, values)
      return new Map(
        rows.map(row => [
          tokenKeysId({ signingKeyId: row.signing_key_id, apiKeyId: row.api_key_id }),
          { publicKey: row.public_key, apiKey: row.id === null ? null : readApiKeyColumns({ ...row, id: row.id }) },
        ]),
      )
    },
  }
}

function toSigningKey({ id, public_key: publicKey, private_key: encrypted, created_at: createdAt }: SigningKeyRow, encryption: Encryption): SigningKey {
  return { id, publicKey, privateKey: decryptText(encryption, encrypted, privateKeyContext(id)), createdAt: Temporal.Instant.from(createdAt) }
}
