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
  const operatorHash = isAbsent(operatorKey) ? undefined : sha256(operatorKey)
  const operator: Viewer = { kind: 'operator', keyId: null, scopes: new Set(allScopes(keyScopes)) }
  const lastKnown = lastKnownKeys(clock)
  // Hashes are compared because they have one length, and the time of the comparison reveals nothing about the key.
  const isOperatorKey = (hashed: Buffer) => operatorHash !== undefined && timingSafeEqual(hashed, operatorHash)
  const attempts = attemptLimiter(clock)
  const operatorAddresses = boundedSet(MAX_OPERATOR_ADDRESSES)
  const validTokens = boundedSet(MAX_VALID_TOKENS)
  /** The operator key may be easier to guess than others, so only an address that has used it before may go on using it. */
  const wasValid = (hashed: Buffer, address: string | undefined) => (isOperatorKey(hashed) ? operatorAddresses.has(address) : isKnown(hashed.toString('hex')))
  const isKnown = (id: string) => lastKnown.get(id) !== undefined || validTokens.has(id)

  /** Returns who a token stands for, or why it is not valid; undefined if the secret is no token. Keys do not wait for an answer. */
  function verifyToken(secret: string): Promise<Viewer | AuthenticationFailure> | undefined {
    if (looksLikeAccessToken(secret)) return Promise.resolve(accessTokens?.verify(secret) ?? 'token-unknown')
    return looksLikeSession(secret) ? Promise.resolve(sessions?.verify(secret) ?? 'session-unknown') : undefined
  }

  return {
    async authenticate(authorization, address) {
      if (isAbsent(authorization) || EMPTY.test(authorization)) return new NotAuthenticated('missing')
      const secret = BEARER.exec(authorization)?.[1]
      if (secret === undefined) return new NotAuthenticated('malformed')
      const hashed = sha256(secret)
      const waitMs = address === undefined ? 0 : attempts.waitMs(address)
      if (waitMs > 0 && !wasValid(hashed, address)) throw new TooManyAttempts(waitMs)
      if (isOperatorKey(hashed)) {
        operatorAddresses.add(address)
        return operator
      }
      if (looksLikeSignInCode(secret)) {
        const failure = signInCodes === undefined ? 'sign-in-code-unknown' : signInCodes.use(secret)
        if (failure === undefined) return operator
        if (address !== undefined) attempts.failed(address)
        return new NotAuthenticated(failure)
      }
      const verifying = verifyToken(secret)
      if (verifying !== undefined) {
        const viewer = await verifying
        if (isUnknownToken(viewer) && address !== undefined) attempts.failed(address)
        if (typeof viewer !== 'string') validTokens.add(hashed.toString('hex'))
        return typeof viewer === 'string' ? new NotAuthenticated(viewer) : viewer
      }
      const hexadecimal = hashed.toString('hex')
      const apiKey = await accounts.apiKeyBySecret(secret, hexadecimal)
      const failure = apiKey === undefined ? 'unknown' : expiredOrRevoked(apiKey, clock)
      lastKnown.set(hexadecimal, failure === undefined ? apiKey : undefined)
      if (failure === 'unknown' && address !== undefined) attempts.failed(address)
      if (apiKey === undefined || failure !== undefined) return new NotAuthenticated(failure ?? 'unknown', apiKey)
      accounts.recordUse(apiKey)
      return viewerOf(apiKey)
    },

    authenticateOffline(authorization) {
      const secret = BEARER.exec(authorization ?? '')?.[1]
      if (secret === undefined) return undefined
      const hashed = sha256(secret)
      if (isOperatorKey(hashed)) return { kind: 'operator', keyId: null, scopes: new Set(offlineScopes) }
      const apiKey = lastKnown.get(hashed.toString('hex'))
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

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
