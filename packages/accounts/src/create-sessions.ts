import { hash } from 'node:crypto'
import { type Clock, coalescedLookup, Forbidden, NotFound, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { checkShape, inputShape, requireText } from '@tollgate/kernel/input'
import type { AccountStore } from './account-store.ts'
import { currentSigningKey } from './current-signing-key.ts'
import type { ApiKey } from './model/api-key.ts'
import { allScopes, checkKeyScopes, type KeyScopes } from './model/key-scopes.ts'
import { MAX_SESSION_AGE_SECONDS, readSession, SESSION, SESSION_TTL_SECONDS, type SessionClaims, signSession } from './model/session.ts'
import { isSignedWith } from './model/signed-text.ts'
import { type SessionUse, type Viewer, viewerOfKey } from './model/viewer.ts'
import type { Sessions } from './sessions.ts'
import { tokenKeysId, tokenKeysQuery } from './signing-key-store.ts'

/** What sessions are composed of. */
export interface SessionsDependencies {
  readonly store: Pick<AccountStore, 'apiKeys' | 'signingKeys'>
  readonly clock: Clock
  readonly keyScopes: KeyScopes
  /** The operator key of the configuration. Its sessions are valid only where the same key is configured. */
  readonly operatorKey?: string | undefined
  /** Awaited before keys are looked up. Requests that arrive meanwhile share the look-up. Defaults to the end of the turn of the event loop. */
  readonly beforeKeyLookup?: () => Promise<unknown>
}

const OPTIONS = inputShape<SessionsDependencies>({ store: 'object', clock: 'object', keyScopes: 'object', operatorKey: 'text?', beforeKeyLookup: 'function?' })

/**
 * Creates the sessions service over a store. Sessions are not stored: a token is signed by the keys that sign access tokens.
 * Throws `InvalidInput` for options that it does not have, or that are missing.
 */
export function createSessions(options: SessionsDependencies): Sessions {
  checkShape(OPTIONS, options)
  checkKeyScopes(options.keyScopes)
  const { store, clock, keyScopes } = options
  const operatorKey = options.operatorKey ?? undefined
  const beforeKeyLookup = options.beforeKeyLookup ?? (() => new Promise(setImmediate))
  const operatorSecret = operatorKey === undefined ? undefined : hash('sha256', `sessions of ${operatorKey}`, 'hex')
  const keysOf = coalescedLookup(async (ids: readonly string[]) => store.signingKeys.tokenKeys(ids.map(tokenKeysQuery)), { startAfter: beforeKeyLookup })
  const secretOf = ({ apiKeyId }: SessionClaims) => (apiKeyId === null ? operatorSecret : '')

  return {
    async create(viewer) {
      if (viewer.kind === 'tenant' && viewer.accessToken !== undefined) throw new Forbidden('An access token cannot begin a session; use an API key.')
      const nowSeconds = Math.floor(clock.now().epochMilliseconds / 1_000)
      const endsAtSeconds =
        viewer.session === undefined
          ? Math.min(nowSeconds + MAX_SESSION_AGE_SECONDS, secondsOf(viewer.keyExpiresAt) ?? Number.POSITIVE_INFINITY)
          : (secondsOf(viewer.session.endsAt) ?? 0)
      const claims: SessionClaims = {
        apiKeyId: viewer.keyId,
        keyPrefix: viewer.keyId === null ? null : await prefixOf(viewer.keyId),
        expiresAtSeconds: Math.min(nowSeconds + SESSION_TTL_SECONDS, endsAtSeconds),
        endsAtSeconds,
      }
      const secret = secretOf(claims)
      if (secret === undefined) throw new Forbidden('No operator key is configured here, so it cannot begin a session.')
      return { token: signSession(claims, await currentSigningKey(store.signingKeys, clock), secret), ...useOf(claims) }
    },

    async verify(token) {
      requireText('token', token)
      const read = readSession(token)
      if (read === undefined) return 'session-unknown'
      const { claims, signingKeyId } = read
      const use = useOf(claims)
      if (hasPassed(use.expiresAt)) return 'session-expired'
      const secret = secretOf(claims)
      if (secret === undefined) return 'session-unknown'
      const keys = await keysOf(tokenKeysId({ signingKeyId, apiKeyId: claims.apiKeyId }))
      if (keys === undefined || !isSignedWith(keys.publicKey, SESSION, read, secret)) return 'session-unknown'
      if (claims.apiKeyId === null) return { kind: 'operator', keyId: null, scopes: new Set(allScopes(keyScopes)), session: use }
      return keys.apiKey !== null && isOf(keys.apiKey, claims) ? sessionOf(viewerOfKey(keys.apiKey), use) : 'session-revoked'
    },
  }

  async function prefixOf(keyId: string): Promise<string> {
    const [apiKey] = await store.apiKeys.byIds(OPERATOR_SCOPE, [keyId])
    if (apiKey === undefined) throw new NotFound('API key', keyId)
    return apiKey.prefix
  }

  /** A rotation ends the sessions of the key, because the old secret may have leaked. */
  function isOf({ revokedAt, expiresAt, prefix }: ApiKey, { keyPrefix }: SessionClaims): boolean {
    return revokedAt === null && prefix === keyPrefix && !(expiresAt !== null && hasPassed(expiresAt))
  }

  function hasPassed(time: Temporal.Instant): boolean {
    return Temporal.Instant.compare(time, clock.now()) <= 0
  }
}

function sessionOf(viewer: Viewer, session: SessionUse): Viewer {
  return { ...viewer, session }
}

function useOf({ expiresAtSeconds, endsAtSeconds }: SessionClaims): SessionUse {
  return { expiresAt: instantOf(expiresAtSeconds), endsAt: instantOf(endsAtSeconds) }
}

function instantOf(seconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1_000)
}

function secondsOf(time: Temporal.Instant | undefined): number | undefined {
  return time && Math.floor(time.epochMilliseconds / 1_000)
}
