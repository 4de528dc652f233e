import { hash, timingSafeEqual } from 'node:crypto'
import { type Clock, Temporal } from '@tollgate/kernel'
import { checkShape, inputShape } from '@tollgate/kernel/input'
import type { Accounts } from './accounts.ts'
import type { AccessTokens } from './access-tokens.ts'
import { attemptLimiter } from './attempt-limiter.ts'
import type { Authenticator } from './authenticator.ts'
import { lastKnownKeys } from './last-known-keys.ts'
import { looksLikeAccessToken } from './model/access-token.ts'
import type { ApiKey } from './model/api-key.ts'
import { allScopes, checkKeyScopes, type KeyScopes } from './model/key-scopes.ts'
import { type AuthenticationFailure, NotAuthenticated } from './model/not-authenticated.ts'
import { looksLikeSession } from './model/session.ts'
import { TooManyAttempts } from './model/too-many-attempts.ts'
import { type Viewer, viewerOfKey } from './model/viewer.ts'
import type { Sessions } from './sessions.ts'
import { looksLikeSignInCode, type SignInCodes } from './sign-in-codes.ts'

/** What an authenticator is composed of. */
export interface AuthenticatorDependencies {
  readonly accounts: Pick<Accounts, 'apiKeyBySecret' | 'recordUse'>
  /** Verifies access tokens. Without it there are none. */
  readonly accessTokens?: Pick<AccessTokens, 'verify'> | undefined
  /** Verifies the tokens of sessions. Without it there are none. */
  readonly sessions?: Pick<Sessions, 'verify'> | undefined
  /** The codes that identify an operator once. Without it there are none. */
  readonly signInCodes?: Pick<SignInCodes, 'use'> | undefined
  readonly clock: Clock
  readonly keyScopes: KeyScopes
  /** Scopes that keys have while the database cannot be read. Defaults to none. */
  readonly offlineScopes?: readonly string[] | undefined
  /** An operator key with every scope that is accepted without being stored. */
  readonly operatorKey?: string | undefined
}

/** The look-up of a key, for all requests that share it. */
interface SharedLookup {
  readonly viewer: Promise<Viewer | NotAuthenticated>
  /** Where those requests came from. */
  readonly addresses: string[]
}

const BEARER = /^Bearer +([\x21-\x7e]{1,2048}) *$/i

/** GraphiQL sends an empty header until a key is entered. */
const EMPTY = /^(?:Bearer)?\s*$/i

const OPTIONS = inputShape<AuthenticatorDependencies>({
  accounts: 'object',
  accessTokens: 'object?',
  sessions: 'object?',
  signInCodes: 'object?',
  clock: 'object',
  keyScopes: 'object',
  offlineScopes: 'list?',
  operatorKey: 'text?',
})

/**
 * Creates an authenticator. It reads the key from the store for every request, so that a revoked key is refused at once, by every server.
 * Throws `InvalidInput` for options that it does not have, or that are missing.
 */
export function createAuthenticator(options: AuthenticatorDependencies): Authenticator {
  checkShape(OPTIONS, options)
  checkKeyScopes(options.keyScopes)
  const { accounts, accessTokens, sessions, signInCodes, clock, keyScopes, operatorKey } = options
  const offlineScopes = options.offlineScopes ?? []
  const operator: Viewer = { kind: 'operator', keyId: null, scopes: new Set(allScopes(keyScopes)) }
  const lastKnown = lastKnownKeys(clock)
  const operatorBytes = isAbsent(operatorKey) ? undefined : Buffer.from(operatorKey)
  // The time of the comparison reveals nothing about the key but its length. A secret has only ASCII characters.
  const isOperatorKey = (secret: string) => secret.length === operatorBytes?.length && timingSafeEqual(Buffer.from(secret), operatorBytes)
  const attempts = attemptLimiter(clock)
  const operatorAddresses = boundedSet(MAX_OPERATOR_ADDRESSES)
  const validTokens = boundedSet(MAX_VALID_TOKENS)
  /** The operator key may be easier to guess than others, so only an address that has used it before may go on using it. */
  const wasValid = (secret: string, address: string) => (isOperatorKey(secret) ? operatorAddresses.has(address) : isKnown(sha256(secret)))
  const isKnown = (id: string) => lastKnown.get(id) !== undefined || validTokens.has(id)

  function useSignInCode(code: string, address: string | undefined): Viewer | NotAuthenticated {
    const failure = signInCodes === undefined ? 'sign-in-code-unknown' : signInCodes.use(code)
    if (failure === undefined) return operator
    if (address !== undefined) attempts.failed(address)
    return new NotAuthenticated(failure)
  }

  async function viewerOfToken(token: string, address: string | undefined): Promise<Viewer | NotAuthenticated> {
    const verifying = looksLikeAccessToken(token) ? (accessTokens?.verify(token) ?? 'token-unknown') : (sessions?.verify(token) ?? 'session-unknown')
    const viewer = await verifying
    if (isUnknownToken(viewer) && address !== undefined) attempts.failed(address)
    if (typeof viewer === 'string') return new NotAuthenticated(viewer)
    validTokens.add(sha256(token))
    return viewer
  }

  const sharedLookups = new WeakMap<Promise<ApiKey | undefined>, SharedLookup>()

  /** Requests that share the look-up of their key also share what follows from it: it would cost each of them more than its execution. */
  function viewerOfSecret(secret: string, address: string | undefined): Promise<Viewer | NotAuthenticated> {
    const lookup = accounts.apiKeyBySecret(secret)
    let shared = sharedLookups.get(lookup)
    if (shared === undefined) {
      const addresses: string[] = []
      shared = { addresses, viewer: lookup.then(apiKey => viewerOfLookup(apiKey, secret, addresses)) }
      sharedLookups.set(lookup, shared)
    }
    if (address !== undefined) shared.addresses.push(address)
    return shared.viewer
  }

  function viewerOfLookup(apiKey: ApiKey | undefined, secret: string, addresses: readonly string[]): Viewer | NotAuthenticated {
    const failure = apiKey === undefined ? 'unknown' : expiredOrRevoked(apiKey, clock)
    lastKnown.set(sha256(secret), failure === undefined ? apiKey : undefined)
    if (failure === 'unknown') for (const address of addresses) attempts.failed(address)
    if (apiKey === undefined || failure !== undefined) return new NotAuthenticated(failure ?? 'unknown', apiKey)
    accounts.recordUse(apiKey)
    return viewerOf(apiKey)
  }

  return {
    authenticate(authorization, address) {
      if (isAbsent(authorization)) return Promise.resolve(new NotAuthenticated('missing'))
      const secret = BEARER.exec(authorization)?.[1]
      if (secret === undefined) return Promise.resolve(new NotAuthenticated(EMPTY.test(authorization) ? 'missing' : 'malformed'))
      const waitMs = address === undefined ? 0 : attempts.waitMs(address)
      if (address !== undefined && waitMs > 0 && !wasValid(secret, address)) return Promise.reject(new TooManyAttempts(waitMs))
      if (isOperatorKey(secret)) {
        operatorAddresses.add(address)
        return Promise.resolve(operator)
      }
      if (looksLikeSignInCode(secret)) return Promise.resolve(useSignInCode(secret, address))
      return looksLikeAccessToken(secret) || looksLikeSession(secret) ? viewerOfToken(secret, address) : viewerOfSecret(secret, address)
    },

    authenticateOffline(authorization) {
      const secret = BEARER.exec(authorization ?? '')?.[1]
      if (secret === undefined) return undefined
      if (isOperatorKey(secret)) return { kind: 'operator', keyId: null, scopes: new Set(offlineScopes) }
      const apiKey = lastKnown.get(sha256(secret))
      if (apiKey === undefined || expiredOrRevoked(apiKey, clock) !== undefined) return undefined
      return viewerOf({ ...apiKey, scopes: apiKey.scopes.filter(scope => offlineScopes.includes(scope)) })
    },
  }
}

const MAX_OPERATOR_ADDRESSES = 1_000
const MAX_VALID_TOKENS = 10_000

/** Remembers a bounded number of texts. */
function boundedSet(max: number) {
  const texts = new Set<string>()
  return {
    add(text: string | undefined): void {
      if (text === undefined || texts.has(text)) return
      if (texts.size >= max) texts.clear()
      texts.add(text)
    },
    has: (text: string | undefined) => text !== undefined && texts.has(text),
  }
}

function isUnknownToken(verified: Viewer | AuthenticationFailure): boolean {
  return verified === 'token-unknown' || verified === 'session-unknown'
}

function expiredOrRevoked({ revokedAt, expiresAt }: ApiKey, clock: Clock): 'revoked' | 'expired' | undefined {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Temporal.Instant.compare(expiresAt, clock.now()) <= 0 ? 'expired' : undefined
}

const viewers = new WeakMap<ApiKey, Viewer>()

/** Requests that share a look-up of their key share the viewer. */
function viewerOf(apiKey: ApiKey): Viewer {
  const known = viewers.get(apiKey)
  if (known !== undefined) return known
  const made = viewerOfKey(apiKey)
  viewers.set(apiKey, made)
  return made
}

/** JavaScript frameworks give undefined for a header that was not sent. */
function isAbsent(text: string | null | undefined): text is null | undefined {
  return text === null || text === undefined
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}
