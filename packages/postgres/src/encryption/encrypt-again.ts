import { type Encryption, OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '../database.ts'
import type { EncryptedColumn } from './encrypted-column.ts'
import { decryptText, ENCRYPTED_TEXT, encryptText } from './encrypted-text.ts'
import type { StoredEncryption } from './envelope-encryption.ts'

/** What to encrypt again. */
export interface EncryptAgainOptions {
  readonly database: PostgresDatabase
  readonly encryption: StoredEncryption
  readonly columns: readonly EncryptedColumn[]
  /** Called after each page, with the number of values of this column that were encrypted so far. */
  readonly onProgress?: ((column: EncryptedColumn, encrypted: number) => void) | undefined
}

const PAGE_SIZE = 500

/**
 * Encrypts every value that the current key did not encrypt, and returns how many. Servers may run meanwhile: a value that
 * changes in between is left to them. If it is interrupted, the next run continues.
 */
export async function encryptAgain({ database, encryption, columns, onProgress }: EncryptAgainOptions): Promise<number> {
  let total = 0
  for (const column of columns) {
    const { select, update } = statementsOf(column)
    let after: readonly string[] | null = null
    for (let encrypted = 0; ;) {
      const rows: readonly StoredRow[] = await database.query<StoredRow>(OPERATOR_SCOPE, select, [headerOf(column, encryption), after, PAGE_SIZE])
      const last = rows.at(-1)
      if (last === undefined) break
      const changed = await database.query(OPERATOR_SCOPE, update, [
        JSON.stringify(rows.map(({ key }) => key)),
        rows.map(({ value }) => value),
        rows.map(({ key, value }) => encryptedAgain(value, { column, encryption, context: column.context(...key) })),
      ])
      encrypted += changed.length
      total += changed.length
      onProgress?.(column, encrypted)
      after = last.key
    }
  }
  return total
}

interface StoredRow {
  readonly key: string[]
  /** A text as it is, and bytes in hexadecimal. */
  readonly value: string
}

function statementsOf({ table, key, column, type }: EncryptedColumn): { select: string; update: string } {
  const keyText = `array[${key.map(name => `${name}::text`).join(', ')}]`
  const value = type === 'text' ? column : `encode(${column}, 'hex')`
  return {
    // In the order of the keys as texts, so that keys of any type have one cursor. Tables with secrets are small, or have few
    // values that are left.
    select: `
      select ${keyText} as key, ${value} as value from ${table}
      where not starts_with(${value}, $1) and ($2::text[] is null or ${keyText} > $2::text[])
      order by ${keyText} limit $3`,
    update: `
      update ${table} set ${column} = ${type === 'text' ? 'changed.new_value' : `decode(changed.new_value, 'hex')`}
      from (
        select array(select jsonb_array_elements_text(keys.key)) as key, old.value as old_value, new.value as new_value
        from jsonb_array_elements($1::jsonb) with ordinality as keys (key, position)
          join unnest($2::text[]) with ordinality as old (value, position) using (position)
          join unnest($3::text[]) with ordinality as new (value, position) using (position)
      ) as changed
      where ${keyText} = changed.key and ${value} = changed.old_value
      returning 1`,
  }
}

function headerOf({ type }: EncryptedColumn, { header }: StoredEncryption): string {
  // 9 bytes of header are 12 characters of base64, without a rest that depends on what follows.
  return type === 'text' ? ENCRYPTED_TEXT + Buffer.from(header).toString('base64url') : Buffer.from(header).toString('hex')
}

function encryptedAgain(value: string, { column, encryption, context }: { column: EncryptedColumn; encryption: Encryption; context: string }): string {
  if (column.type === 'text') return encryptText(encryption, decryptText(encryption, value, context), context)
  const plaintext = encryption.decrypt(Buffer.from(value, 'hex'), context)
  return Buffer.from(encryption.encrypt(plaintext, context)).toString('hex')
}
