import type { KeyObject } from 'node:crypto'
import { logOrigin } from './engine/log-origin.ts'
import { noteSigner, noteVerifier, type NoteSigner, type NoteVerifier, type PublicKeyBytes, publicKeyBytes } from './engine/note/note-keys.ts'

/** Keys that sign and verify checkpoints, for all logs of an installation. */
export interface AuditKeys {
  /** Unique name of the installation without spaces and "+", such as "tollgate.example.com". Part of every checkpoint. */
  readonly installation: string
  /** Private Ed25519 keys. Each signs every new checkpoint. To rotate, add the new key, and remove the old one later. */
  readonly signingKeys: readonly KeyObject[]
  /** Public keys that signed earlier checkpoints. */
  readonly retiredKeys?: readonly PublicKeyBytes[]
}

/** The keys of an installation, read once. */
export interface KeyRing extends AuditKeys {
  /** Public keys of the signing keys, followed by the retired ones. */
  readonly publicKeys: readonly PublicKeyBytes[]
}

/** Reads the public keys. */
export function keyRing(keys: AuditKeys): KeyRing {
  return { ...keys, publicKeys: [...keys.signingKeys.map(publicKeyBytes), ...(keys.retiredKeys ?? [])] }
}

/** The name of a log, and its keys under this name. */
export interface LogKeys {
  readonly origin: string
  readonly signers: readonly NoteSigner[]
  readonly verifiers: readonly NoteVerifier[]
}

/** Returns the keys for one log. */
export function keysOfLog({ installation, signingKeys, publicKeys }: KeyRing, tenantId: string | null): LogKeys {
  const origin = logOrigin(installation, tenantId)
  return { origin, signers: signingKeys.map(key => noteSigner(origin, key)), verifiers: publicKeys.map(key => noteVerifier(origin, key)) }
}
