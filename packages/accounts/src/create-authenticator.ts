import { hash, timingSafeEqual } from 'node:crypto'
import { type Clock, Temporal } from '@tollgate/kernel'
import type { Accounts } from './accounts.ts'
import type { Authenticator } from './authenticator.ts'
import { lastKnownKeys } from './last-known-keys.ts'
import type { ApiKey } from './model/api-key.ts'
import { allScopes, type KeyScopes } from './model/key-scopes.ts'
import { NotAuthenticated } from './model/not-authenticated.ts'
import type { Viewer } from './model/viewer.ts'

/** What an authenticator is composed of. */
export interface AuthenticatorDependencies {
  readonly accounts: Pick<Accounts, 'apiKeyBySecret' | 'recordUse'>
  readonly clock: Clock
  readonly keyScopes: KeyScopes
  /** Scopes that keys have while the database cannot be read. Defaults to none. */
  readonly offlineScopes?: readonly string[] | undefined
  /** An operator key with every scope that is accepted without being stored. */
  readonly operatorKey?: string | undefined
}

const BEARER = /^Bearer +([\x21-\x7e]{1,512}) *$/i

/** GraphiQL sends an empty header until a key is entered. */
const EMPTY = /^(?:Bearer)?\s*$/i

/** Creates an authenticator. It reads the key from the store for every request, so that a revoked key is refused at once, by every server. */
export function createAuthenticator({ accounts, clock, keyScopes, offlineScopes = [], operatorKey }: AuthenticatorDependencies): Authenticator {
  const operatorHash = operatorKey === undefined ? undefined : sha256(operatorKey)
  const lastKnown = lastKnownKeys(clock)
  // Hashes are compared because they have one length, and the time of the comparison reveals nothing about the key.
  const isOperatorKey = (hashed: Buffer) => operatorHash !== undefined && timingSafeEqual(hashed, operatorHash)

  return {
    async authenticate(authorization) {
      if (authorization === null || EMPTY.test(authorization)) return new NotAuthenticated('missing')
      const secret = BEARER.exec(authorization)?.[1]
      if (secret === undefined) return new NotAuthenticated('malformed')
      const hashed = sha256(secret)
      if (isOperatorKey(hashed)) return { kind: 'operator', keyId: null, scopes: new Set(allScopes(keyScopes)) }
      const apiKey = await accounts.apiKeyBySecret(secret)
      const failure = apiKey === undefined ? 'unknown' : expiredOrRevoked(apiKey, clock)
      lastKnown.set(hashed.toString('base64'), failure === undefined ? apiKey : undefined)
      if (apiKey === undefined || failure !== undefined) return new NotAuthenticated(failure ?? 'unknown')
      accounts.recordUse(apiKey)
      return viewerOf(apiKey)
    },

    authenticateOffline(authorization) {
      const secret = BEARER.exec(authorization ?? '')?.[1]
      if (secret === undefined) return undefined
      const hashed = sha256(secret)
      if (isOperatorKey(hashed)) return { kind: 'operator', keyId: null, scopes: new Set(offlineScopes) }
      const apiKey = lastKnown.get(hashed.toString('base64'))
      if (apiKey === undefined || expiredOrRevoked(apiKey, clock) !== undefined) return undefined
      return viewerOf({ ...apiKey, scopes: apiKey.scopes.filter(scope => offlineScopes.includes(scope)) })
    },
  }
}

function expiredOrRevoked({ revokedAt, expiresAt }: ApiKey, clock: Clock): 'revoked' | 'expired' | undefined {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Temporal.Instant.compare(expiresAt, clock.now()) <= 0 ? 'expired' : undefined
}

function viewerOf({ id, tenantId, scopes }: ApiKey): Viewer {
  return tenantId === null ? { kind: 'operator', keyId: id, scopes: new Set(scopes) } : { kind: 'tenant', tenantId, keyId: id, scopes: new Set(scopes) }
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
