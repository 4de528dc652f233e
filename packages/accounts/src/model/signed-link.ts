import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { SigningKey } from './signing-key.ts'

/** What a signed link states. */
export interface SignedLinkClaims {
  readonly tenantId: string
  /** The one thing that it shows, such as "invoice 0192….pdf". */
  readonly resource: string
  readonly expiresAtSeconds: number
}

/** A link that was read but not yet verified. */
export interface UnverifiedLink {
  readonly signingKeyId: string
  readonly claims: SignedLinkClaims
  readonly payload: string
  readonly signature: Buffer
}

const LINK = /^tgl_([0-9a-f]{16})\.([\w-]{2,1000})\.([\w-]{86})$/

/** Signs claims: `tgl_<id of the signing key>.<claims>.<signature>`. */
export function signLink({ tenantId, resource, expiresAtSeconds }: SignedLinkClaims, { id, privateKey }: Pick<SigningKey, 'id' | 'privateKey'>): string {
  const payload = Buffer.from(JSON.stringify([tenantId, resource, expiresAtSeconds])).toString('base64url')
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })
  return `tgl_${id}.${payload}.${sign(null, signedBytes(id, payload), key).toString('base64url')}`
}

/** Reads a link. Returns undefined if it is malformed. Nothing in it may be trusted before it is verified. */
export function readLink(link: string): UnverifiedLink | undefined {
  const [, signingKeyId, payload, signature] = LINK.exec(link) ?? []
  if (signingKeyId === undefined || payload === undefined || signature === undefined) return undefined
  const claims = readClaims(payload)
  return claims && { signingKeyId, claims, payload, signature: Buffer.from(signature, 'base64url') }
}

/** Returns whether the link was signed with this key, always by Ed25519. */
export function isLinkSignedWith(publicKey: string, { signingKeyId, payload, signature }: UnverifiedLink): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  return key.asymmetricKeyType === 'ed25519' && verify(null, signedBytes(signingKeyId, payload), key, signature)
}

/** An access token is signed with another first line, so that neither stands for the other. */
function signedBytes(signingKeyId: string, payload: string): Buffer {
  return Buffer.from(`tollgate signed link\n${signingKeyId}\n${payload}`)
}

function readClaims(payload: string): SignedLinkClaims | undefined {
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(payload, 'base64url').toString())
  } catch {
    return undefined
  }
  if (!Array.isArray(values) || values.length !== 3) return undefined
  const [tenantId, resource, expiresAtSeconds] = values as unknown[]
  if (typeof tenantId !== 'string' || typeof resource !== 'string' || !Number.isSafeInteger(expiresAtSeconds)) return undefined
  return { tenantId, resource, expiresAtSeconds: expiresAtSeconds as number }
}
