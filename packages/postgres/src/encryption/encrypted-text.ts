import type { Encryption } from '@tollgate/kernel'
import { isPlain } from './envelope-encryption.ts'

/** How an encrypted text begins. A text without it is stored as it is: an earlier version wrote it, or there was no key. */
export const ENCRYPTED_TEXT = 'enc:'

/** Encrypts a text for a column of texts. `context` says what it is and whose. */
export function encryptText(encryption: Encryption, text: string, context: string): string {
  const stored = encryption.encrypt(Buffer.from(text), context)
  return isPlain(stored) ? text : ENCRYPTED_TEXT + Buffer.from(stored).toString('base64url')
}

/** Decrypts a text that `encryptText` returned, or returns one that is stored as it is. */
export function decryptText(encryption: Encryption, stored: string, context: string): string {
  if (!stored.startsWith(ENCRYPTED_TEXT)) return stored
  return Buffer.from(encryption.decrypt(Buffer.from(stored.slice(ENCRYPTED_TEXT.length), 'base64url'), context)).toString()
}
