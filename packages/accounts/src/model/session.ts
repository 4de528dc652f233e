import { isUuid } from '@tollgate/kernel'
import { readSignedText, type SignedKind, signText, type UnverifiedText } from './signed-text.ts'
import type { SigningKey } from './signing-key.ts'

/** What the token of a session states. Who may do what is read from the key each time. */
export interface SessionClaims {
  /** The API key that the session acts as. Null for the operator key of the configuration. */
  readonly apiKeyId: string | null
  /** The prefix of the key, which changes when its secret is rotated. Null for the operator key of the configuration. */
  readonly keyPrefix: string | null
  readonly expiresAtSeconds: number
  /** When the session ends, however often it is renewed. */
  readonly endsAtSeconds: number
}

/** A token of a session is valid for this long. */
export const SESSION_TTL_SECONDS = 3_600
/** A session ends at this age. */
export const MAX_SESSION_AGE_SECONDS = 12 * 3_600

/** Sessions, as they are signed. */
export const SESSION: SignedKind = { prefix: 'tgs', title: 'tollgate session' }

/** Reports whether a text is meant to be the token of a session. */
export function looksLikeSession(text: string): boolean {
  return text.startsWith('tgs_')
}

/** Signs claims: `tgs_<id of the signing key>.<claims>.<signature>`. */
export function signSession(claims: SessionClaims, key: Pick<SigningKey, 'id' | 'privateKey'>, secret: string): string {
  const { apiKeyId, keyPrefix, expiresAtSeconds, endsAtSeconds } = claims
  return signText(SESSION, [apiKeyId, keyPrefix, expiresAtSeconds, endsAtSeconds], key, secret)
}

/** Reads a token. Returns undefined if it is malformed. Nothing in it may be trusted before it is verified. */
export function readSession(token: string): (UnverifiedText & { readonly claims: SessionClaims }) | undefined {
  const read = readSignedText(SESSION, token, 4)
  const [apiKeyId, keyPrefix, expiresAtSeconds, endsAtSeconds] = read?.values ?? []
  if (read === undefined || !isTime(expiresAtSeconds) || !isTime(endsAtSeconds)) return undefined
  if (apiKeyId === null && keyPrefix === null) return { ...read, claims: { apiKeyId, keyPrefix, expiresAtSeconds, endsAtSeconds } }
  if (typeof apiKeyId !== 'string' || !isUuid(apiKeyId) || typeof keyPrefix !== 'string') return undefined
  return { ...read, claims: { apiKeyId, keyPrefix, expiresAtSeconds, endsAtSeconds } }
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value)
}
