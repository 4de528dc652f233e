import type { Encryption } from '@tollgate/kernel'
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { PersonalData } from '../model/audit-event.ts'
import type { SubjectKey } from '../model/personal-record.ts'
import { canonicalJson } from './canonical-json.ts'

/** Personal data with the salt of its hash. */
export interface SaltedPersonalData {
  readonly personal: PersonalData
  /** Hexadecimal. */
  readonly salt: string
}

/** Encrypts personal data with a key of its subject, which the key of the installation encrypts. */
export interface PersonalVault {
  /** Makes a key for a subject. */
  createKey(tenantId: string | null, subjectId: string): SubjectKey
  /** Encrypts personal data. `personalHash` is the hash that the entry has of it. */
  seal(tenantId: string | null, key: SubjectKey, sealing: SaltedPersonalData & { readonly personalHash: string }): Uint8Array
  /** Decrypts personal data. Undefined if it or its key was changed. */
  open(tenantId: string | null, key: Pick<SubjectKey, 'keyId' | 'wrappedKey'>, sealed: SealedPersonalData): SaltedPersonalData | undefined
}

/** Encrypted personal data, and the hash that the entry has of it. */
export interface SealedPersonalData {
  readonly ciphertext: Uint8Array
  readonly personalHash: string | null
}

/** What a vault needs. */
export interface VaultDependencies {
  readonly encryption: Encryption
  /** Returns cryptographically secure random bytes. */
  readonly randomBytes: (size: number) => Uint8Array
}

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Keys that are kept decrypted, for pages of entries of the same subjects. A key that was erased is never asked for again. */
const MAX_OPEN_KEYS = 1_000

/** Creates a vault. */
export function personalVault({ encryption, randomBytes }: VaultDependencies): PersonalVault {
  const open = new Map<string, { readonly wrapped: Uint8Array; readonly bytes: Uint8Array }>()

  function bytesOf(tenantId: string | null, { keyId, wrappedKey }: Pick<SubjectKey, 'keyId' | 'wrappedKey'>): Uint8Array {
    const known = open.get(keyId)
    if (known !== undefined && Buffer.compare(known.wrapped, wrappedKey) === 0) return known.bytes
    const bytes = encryption.decrypt(wrappedKey, subjectKeyContext(tenantId, keyId))
    if (open.size >= MAX_OPEN_KEYS) open.clear()
    open.set(keyId, { wrapped: wrappedKey, bytes })
    return bytes
  }

  return {
    createKey(tenantId, subjectId) {
      const keyId = uuidOf(randomBytes(16))
      return { keyId, subjectId, wrappedKey: encryption.encrypt(randomBytes(KEY_BYTES), subjectKeyContext(tenantId, keyId)) }
    },
    seal(tenantId, key, { personal, salt, personalHash }) {
      const nonce = randomBytes(NONCE_BYTES)
      // Bound to the hash, so that it cannot be moved to another entry.
      const cipher = createCipheriv(ALGORITHM, bytesOf(tenantId, key), nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(personalHash))
      return Buffer.concat([nonce, cipher.update(canonicalJson({ personal, salt })), cipher.final(), cipher.getAuthTag()])
    },
    open(tenantId, key, { ciphertext, personalHash }) {
      try {
        const decipher = createDecipheriv(ALGORITHM, bytesOf(tenantId, key), ciphertext.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        decipher.setAAD(Buffer.from(personalHash ?? '')).setAuthTag(ciphertext.subarray(-TAG_BYTES))
        const text = Buffer.concat([decipher.update(ciphertext.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString()
        return JSON.parse(text) as SaltedPersonalData
      } catch {
        return undefined
      }
    },
  }
}

/** Returns what the encryption of a subject's key is bound to. */
export function subjectKeyContext(tenantId: string | null, keyId: string): string {
  return `audit subject key ${keyId} of ${tenantId === null ? 'the installation' : `tenant ${tenantId}`}`
}

function uuidOf(random: Uint8Array): string {
  const bytes = Buffer.from(random)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
