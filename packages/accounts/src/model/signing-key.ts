import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Temporal } from '@tollgate/kernel'

/** A key that signs access tokens. All servers of an installation share it. */
export interface SigningKey {
  readonly id: string
  /** SPKI in DER and base64. */
  readonly publicKey: string
  /** PKCS 8 in DER and base64. */
  readonly privateKey: string
  readonly createdAt: Temporal.Instant
}

/** Generates an Ed25519 key. */
export function generateSigningKey(createdAt: Temporal.Instant): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  })
  return { id: randomBytes(8).toString('hex'), publicKey: publicKey.toString('base64'), privateKey: privateKey.toString('base64'), createdAt }
}
