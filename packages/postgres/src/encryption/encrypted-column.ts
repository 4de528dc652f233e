/** A column with encrypted values, and how to find and decrypt each. */
export interface EncryptedColumn {
  /** With its schema: "webhooks.endpoints". */
  readonly table: string
  /** Columns of the primary key. */
  readonly key: readonly string[]
  readonly column: string
  /** The type of the column: texts from `encryptText`, or bytes as the encryption returns them. */
  readonly type: 'text' | 'bytea'
  /** Returns the context of the value in a row, from the columns of its key as texts. */
  context(...key: readonly string[]): string
}
