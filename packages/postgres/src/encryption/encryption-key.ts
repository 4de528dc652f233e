import { createHash } from 'node:crypto'
import { DomainError } from '@tollgate/kernel'

/** A key that encrypts keys of data. */
export interface EncryptionKey {
  /** 16 hexadecimal digits, derived from the key. Not secret: it is part of each value that the key encrypted. */
  readonly id: string
  /** 32 bytes. */
  readonly bytes: Uint8Array
}

const KEY_BYTES = 32
/** The length of the id of a key. */
export const KEY_ID_BYTES = 8

/** A text is not a list of encryption keys. The message does not contain the text. */
export class EncryptionKeyMalformed extends DomainError<'ENCRYPTION_KEY_MALFORMED'> {
  constructor() {
    super(
      'ENCRYPTION_KEY_MALFORMED',
      'An encryption key must be 32 random bytes in base64 (44 characters) or hexadecimal (64 digits), as "openssl rand -base64 32" prints them. Separate several keys with commas or line breaks.',
    )
  }
}

/** Reads keys that are separated by commas or white space. Throws `EncryptionKeyMalformed`. */
export function readEncryptionKeys(text: string): readonly EncryptionKey[] {
  return text
    .split(/[\s,]+/)
    .filter(part => part !== '')
    .map(readKey)
}

function readKey(text: string): EncryptionKey {
  const bytes = /^[\da-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined
  if (bytes?.length !== KEY_BYTES) throw new EncryptionKeyMalformed()
  const id = createHash('sha256')
    .update('id of a tollgate encryption key')
    .update(bytes)
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES)
  return { id, bytes }
}
