import { isUuid } from '@tollgate/kernel'
import { readSignedText, type SignedKind, signText, type UnverifiedText } from './signed-text.ts'
import type { SigningKey } from './signing-key.ts'

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

/** Access tokens, as they are signed. */
export const ACCESS_TOKEN: SignedKind = { prefix: 'tga', title: 'tollgate access token' }

/** Reports whether a text is meant to be an access token, and not an API key. */
export function looksLikeAccessToken(text: string): boolean {
  return text.startsWith('tga_')
}

/** Signs claims: `tga_<id of the signing key>.<claims>.<signature>`. */
export function signAccessToken(claims: AccessTokenClaims, key: Pick<SigningKey, 'id' | 'privateKey'>, secret: string): string {
  const { tenantId, customerId, scopes, expiresAtSeconds, apiKeyId } = claims
  return signText(ACCESS_TOKEN, [tenantId, customerId, scopes, expiresAtSeconds, apiKeyId], key, secret)
}

/** Reads a token. Returns undefined if it is malformed. Nothing in it may be trusted before it is verified. */
export function readAccessToken(token: string): (UnverifiedText & { readonly claims: AccessTokenClaims }) | undefined {
  const read = readSignedText(ACCESS_TOKEN, token, 5)
  const claims = read && readClaims(read.values)
  return claims && { ...read, claims }
}

function readClaims([tenantId, customerId, scopes, expiresAtSeconds, apiKeyId]: readonly unknown[]): AccessTokenClaims | undefined {
  if (typeof tenantId !== 'string' || !(customerId === null || typeof customerId === 'string')) return undefined
  if (!Array.isArray(scopes) || !scopes.every(scope => typeof scope === 'string')) return undefined
  if (!Number.isSafeInteger(expiresAtSeconds) || !(apiKeyId === null || (typeof apiKeyId === 'string' && isUuid(apiKeyId)))) return undefined
  return { tenantId, customerId, scopes, expiresAtSeconds: expiresAtSeconds as number, apiKeyId }
}
