import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { AuditTextInvalid } from '../../model/errors.ts'
import { fromBase64, toBase64 } from '../base64.ts'

/** The type byte of Ed25519 keys in signed notes. */
const ED25519 = 1
/** The header of a public key in DER (RFC 8410); the 32 bytes of the key follow. */
const SPKI_HEADER = Buffer.from('302a300506032b6570032100', 'hex')

/** Verifies signatures of one key under one name. */
export interface NoteVerifier {
  readonly name: string
  readonly keyId: number
  verify(text: string, signature: Uint8Array): boolean
}

/** Signs notes with one key under one name. */
export interface NoteSigner extends NoteVerifier {
  sign(text: string): Uint8Array
}

/** A public Ed25519 key, of 32 bytes. One key verifies all logs of an installation, under the name of each. */
export type PublicKeyBytes = Uint8Array

/** Returns the verifier of a key for the log with this name. */
export function noteVerifier(name: string, publicKey: PublicKeyBytes): NoteVerifier {
  checkKeyName(name)
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEADER, publicKey]), format: 'der', type: 'spki' })
  return { name, keyId: keyIdOf(name, publicKey), verify: (text, signature) => verify(null, Buffer.from(text), key, signature) }
}

/** Returns the signer of a key for the log with this name. */
export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  return { ...noteVerifier(name, publicKeyBytes(privateKey)), sign: text => sign(null, Buffer.from(text), privateKey) }
}

/** Reads a private Ed25519 key in PEM (PKCS #8). Throws `AuditTextInvalid` for any other text. */
export function readSigningKey(pem: string): KeyObject {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw new AuditTextInvalid('The signing key is not a private key in PEM. Create one with: openssl genpkey -algorithm ed25519')
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new AuditTextInvalid(`The signing key must be of type ed25519, not ${key.asymmetricKeyType}`)
  return key
}

/** Returns the 32 bytes of the public key that belongs to a private one. */
export function publicKeyBytes(privateKey: KeyObject): PublicKeyBytes {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI_HEADER.length)
}

/** Writes the key of a verifier as text (a vkey): name, key id and key. */
export function formatVerifierKey(name: string, publicKey: PublicKeyBytes): string {
  checkKeyName(name)
  return `${name}+${keyIdOf(name, publicKey).toString(16).padStart(8, '0')}+${toBase64(Uint8Array.of(ED25519, ...publicKey))}`
}

/** Reads the name and the public key of a vkey. Throws `AuditTextInvalid`. */
export function parseVerifierKey(text: string): { name: string; publicKey: PublicKeyBytes } {
  const [, name = '', keyId = '', encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  if (name === '') throw new AuditTextInvalid('A verifier key consists of a name, a key id of 8 hexadecimal digits and a key, with "+" between them')
  const [type, ...key] = fromBase64(encoded, 'verifier key')
  const publicKey = Uint8Array.from(key)
  if (type !== ED25519 || publicKey.length !== 32) throw new AuditTextInvalid('The verifier key is not an Ed25519 key')
  if (keyIdOf(name, publicKey).toString(16).padStart(8, '0') !== keyId) throw new AuditTextInvalid('The key id does not belong to the name and the key')
  return { name, publicKey }
}

/** Returns the key id: the first four bytes of the SHA-256 of name, newline, type and key. */
function keyIdOf(name: string, publicKey: PublicKeyBytes): number {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(ED25519), publicKey]), 'buffer').readUInt32BE(0)
}

function checkKeyName(name: string): void {
  if (name === '' || /[\s+\p{Cc}]/u.test(name)) throw new AuditTextInvalid('The name of a key must not be empty and must not contain spaces or "+"')
}
