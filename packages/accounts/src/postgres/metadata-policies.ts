import { randomBytes } from 'node:crypto'
import { type Encryption, OPERATOR_SCOPE } from '@tollgate/kernel'
import { decryptText, type EncryptedColumn, encryptText, type PostgresDatabase } from '@tollgate/postgres'
import type { MetadataRule } from '../model/metadata-rule.ts'

/** The rules of a tenant that has some. */
export interface MetadataPolicy {
  readonly tenantId: string
  readonly rules: readonly MetadataRule[]
  /** The key of its pseudonyms. It stays the same while rules change. */
  readonly pseudonymKey: Uint8Array
}

const POLICIES = `
  select id, metadata_rules, pseudonym_key from accounts.tenants where metadata_rules <> '[]' and pseudonym_key is not null order by id`
const KEY_BYTES = 32

const keyContext = (tenantId: string) => `accounts.tenants.pseudonym_key ${tenantId}`

/** The encrypted column of the keys of pseudonyms. */
export const PSEUDONYM_KEY_COLUMN: EncryptedColumn = {
  table: 'accounts.tenants',
  key: ['id'],
  column: 'pseudonym_key',
  type: 'text',
  context: (id = '') => keyContext(id),
}

/** Generates a key of pseudonyms for a tenant with rules, encrypted. Null for a tenant without. */
export function newPseudonymKey({ id, metadataRules }: { id: string; metadataRules: readonly MetadataRule[] }, encryption: Encryption): string | null {
  return metadataRules.length === 0 ? null : encryptText(encryption, randomBytes(KEY_BYTES).toString('base64'), keyContext(id))
}

/** Reads the rules of all tenants that have some. */
export async function readMetadataPolicies(database: PostgresDatabase, encryption: Encryption): Promise<readonly MetadataPolicy[]> {
  const rows = await database.query<{ id: string; metadata_rules: string; pseudonym_key: string }>(OPERATOR_SCOPE, POLICIES)
  return rows.map(({ id, metadata_rules: rules, pseudonym_key: key }) => ({
    tenantId: id,
    rules: JSON.parse(rules) as MetadataRule[],
    pseudonymKey: Buffer.from(decryptText(encryption, key, keyContext(id)), 'base64'),
  }))
}
