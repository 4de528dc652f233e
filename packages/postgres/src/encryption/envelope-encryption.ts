import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { DomainError, type Encryption } from '@tollgate/kernel'
import { type EncryptionKey, KEY_ID_BYTES } from './encryption-key.ts'

// A value: version, id of the key | nonce, encrypted data key, tag | nonce, encrypted text, tag.
const ENVELOPE = 1
/** A value that is stored as it is: the version, and the text. */
const PLAIN = 0
const DATA_KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + KEY_ID_BYTES
const WRAPPED_BYTES = NONCE_BYTES + DATA_KEY_BYTES + TAG_BYTES

/** Encryption whose values show which key encrypted them. */
export interface StoredEncryption extends Encryption {
  /** How values that it encrypts begin. Others are to be encrypted again. */
  readonly header: Uint8Array
}

/** A stored value cannot be decrypted. */
export class Undecryptable extends DomainError<'UNDECRYPTABLE'> {
  constructor(context: string, reason: string) {
    super('UNDECRYPTABLE', `The stored value "${context}" cannot be decrypted: ${reason}.`)
  }
}

/**
 * Creates envelope encryption. Each value is encrypted with a data key of its own, which is encrypted with the first of the
 * keys and stored with the value (AES-256-GCM, random nonces). All keys decrypt.
 */
export function createEncryption(keys: readonly [EncryptionKey, ...EncryptionKey[]]): StoredEncryption {
  const [current] = keys
  const byId = new Map(keys.map(({ id, bytes }) => [id, bytes]))
  const header = Buffer.concat([Buffer.of(ENVELOPE), Buffer.from(current.id, 'hex')])
  return {
    header,
    encrypt(plaintext, context) {
      const dataKey = randomBytes(DATA_KEY_BYTES)
      return Buffer.concat([header, seal(current.bytes, dataKey, header), seal(dataKey, plaintext, authenticated(header, context))])
    },
    decrypt(ciphertext, context) {
      if (ciphertext[0] === PLAIN) return ciphertext.subarray(1)
      const found = ciphertext.subarray(0, HEADER_BYTES)
      const id = keyIdOf(ciphertext, context)
      const key = byId.get(id)
      if (key === undefined) throw new Undecryptable(context, `it is encrypted with the key ${id}, which is not configured`)
      try {
        const dataKey = unseal(key, ciphertext.subarray(HEADER_BYTES, HEADER_BYTES + WRAPPED_BYTES), found)
        return unseal(dataKey, ciphertext.subarray(HEADER_BYTES + WRAPPED_BYTES), authenticated(found, context))
      } catch {
        throw new Undecryptable(context, 'it was changed, or it was stored as something else')
      }
    },
  }
}

/** Stores values as they are. */
export const plainStorage: StoredEncryption = {
  header: Uint8Array.of(PLAIN),
  encrypt: plaintext => Buffer.concat([Buffer.of(PLAIN), plaintext]),
  decrypt(ciphertext, context) {
    if (ciphertext[0] === PLAIN) return ciphertext.subarray(1)
    throw new Undecryptable(context, `it is encrypted with the key ${keyIdOf(ciphertext, context)}, and no key is configured`)
  },
}

/** Returns whether a value is stored as it is. */
export function isPlain(stored: Uint8Array): boolean {
  return stored[0] === PLAIN
}

function keyIdOf(ciphertext: Uint8Array, context: string): string {
  if (ciphertext[0] !== ENVELOPE || ciphertext.length < HEADER_BYTES) throw new Undecryptable(context, 'a newer version may have encrypted it')
  return Buffer.from(ciphertext.subarray(1, HEADER_BYTES)).toString('hex')
}

function authenticated(header: Uint8Array, context: string): Uint8Array {
  return Buffer.concat([header, Buffer.from(context)])
}

function seal(key: Uint8Array, plaintext: Uint8Array, authenticatedData: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(authenticatedData)
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

function unseal(key: Uint8Array, sealed: Uint8Array, authenticatedData: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(authenticatedData).setAuthTag(sealed.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
}
