import { randomBytes } from 'node:crypto'
import { readEncryptionKeys } from '../encryption/encryption-key.ts'
import { createEncryption, type StoredEncryption } from '../encryption/envelope-encryption.ts'

/** Creates encryption with a new key. */
export function createTestEncryption(): StoredEncryption {
  const [key] = readEncryptionKeys(randomBytes(32).toString('base64'))
  if (key === undefined) throw new Error('No key was read')
  return createEncryption([key])
}
