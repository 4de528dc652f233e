import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { isUuid } from '@tollgate/kernel'

/** What an access token states. */
export interface AccessTokenClaims {
  readonly tenantId: string
  /** The only customer of the tenant that it reads. Null if it reads the whole tenant. */
  readonly customerId: string | null
  readonly scopes: readonly string[]
  readonly expiresAtSeconds: number
  /** The API key that made it. Null for the operator key of the configuration. */
  readonly apiKeyId: string | null
}

/** A token that was read but not yet verified. */
export interface UnverifiedAccessToken {
  readonly signingKeyId: string
  readonly claims: AccessTokenClaims
  readonly payload: string
  readonly signature: Buffer
}

const TOKEN = /^tga_([0-9a-f]{16})\.([\w-]{2,1900})\.([\w-]{86})$/

/** Reports whether a text is meant to be an access token, and not an API key. */
export function looksLikeAccessToken(text: string): boolean {
  return text.startsWith('tga_')
}

/** Signs claims: `tga_<id of the signing key>.<claims>.<signature>`. `secret` is signed too, but is not part of the token. */
export function signAccessToken(claims: AccessTokenClaims, { id, privateKey }: { id: string; privateKey: string }, secret: string): string {
  const { tenantId, customerId, scopes, expiresAtSeconds, apiKeyId } = claims
  const payload = Buffer.from(JSON.stringify([tenantId, customerId, scopes, expiresAtSeconds, apiKeyId])).toString('base64url')
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })
  return `tga_${id}.${payload}.${sign(null, signedBytes(id, payload, secret), key).toString('base64url')}`
}

/** Reads a token. Returns undefined if it is malformed. Nothing in it may be trusted before it is verified. */
export function readAccessToken(token: string): UnverifiedAccessToken | undefined {
  const [, signingKeyId, payload, signature] = TOKEN.exec(token) ?? []
  if (signingKeyId === undefined || payload === undefined || signature === undefined) return undefined
  const claims = readClaims(payload)
  return claims && { signingKeyId, claims, payload, signature: Buffer.from(signature, 'base64url') }
}

/** Returns whether the token was signed with this key. The algorithm is always Ed25519: the token has no say in it. */
export function isSignedWith(publicKey: string, { signingKeyId, payload, signature }: UnverifiedAccessToken, secret: string): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  return key.asymmetricKeyType === 'ed25519' && verify(null, signedBytes(signingKeyId, payload, secret), key, signature)
}

function signedBytes(signingKeyId: string, payload: string, secret: string): Buffer {
  return Buffer.from(`tollgate access token\n${signingKeyId}\n${payload}\n${secret}`)
}

function readClaims(payload: string): AccessTokenClaims | undefined {
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(payload, 'base64url').toString())
  } catch {
    return undefined
  }
  if (!Array.isArray(values) || values.length !== 5) return undefined
  const [tenantId, customerId, scopes, expiresAtSeconds, apiKeyId] = values as unknown[]
  if (typeof tenantId !== 'string' || !(customerId === null || typeof customerId === 'string')) return undefined
  if (!Array.isArray(scopes) || !scopes.every(scope => typeof scope === 'string')) return undefined
  if (!Number.isSafeInteger(expiresAtSeconds) || !(apiKeyId === null || (typeof apiKeyId === 'string' && isUuid(apiKeyId)))) return undefined
  return { tenantId, customerId, scopes, expiresAtSeconds: expiresAtSeconds as number, apiKeyId }
}
