import { hash } from 'node:crypto'
import { type Clock, coalescedLookup, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { checkShape, inputShape, requireText } from '@tollgate/kernel/input'
import type { AccessTokens } from './access-tokens.ts'
import type { AccountStore } from './account-store.ts'
import { INPUTS } from './input-shapes.ts'
import { ACCESS_TOKEN, type AccessTokenClaims, readAccessToken, signAccessToken } from './model/access-token.ts'
import { addSigningKey, currentSigningKey } from './current-signing-key.ts'
import { checkAccessTokenDraft, type TokenScopes } from './model/check-access-token-draft.ts'
import type { AuthenticationFailure } from './model/not-authenticated.ts'
import { isSignedWith } from './model/signed-text.ts'
import { tokenKeysId, tokenKeysQuery } from './signing-key-store.ts'

/** What access tokens are composed of. */
export interface AccessTokensDependencies {
  readonly store: Pick<AccountStore, 'apiKeys' | 'signingKeys'>
  readonly clock: Clock
  readonly tokenScopes: TokenScopes
  /** The operator key of the configuration. A token that it made is valid only where the same key is configured. */
  readonly operatorKey?: string | undefined
  /** Awaited before keys are looked up. Requests that arrive meanwhile share the look-up. Defaults to the end of the turn of the event loop. */
  readonly beforeKeyLookup?: () => Promise<unknown>
}

const OPTIONS = inputShape<AccessTokensDependencies>({
  store: 'object',
  clock: 'object',
  tokenScopes: 'object',
  operatorKey: 'text?',
  beforeKeyLookup: 'function?',
})
const TOKEN_SCOPES = inputShape<TokenScopes>({ tenant: 'list', customer: 'list', onlyIfNamed: 'list?' })

/** Creates the access tokens service over a store. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createAccessTokens(options: AccessTokensDependencies): AccessTokens {
  checkShape(OPTIONS, options)
  checkShape(TOKEN_SCOPES, options.tokenScopes, 'tokenScopes')
  const { store, clock, tokenScopes } = options
  const operatorKey = options.operatorKey ?? undefined
  const beforeKeyLookup = options.beforeKeyLookup ?? (() => new Promise(setImmediate))
  const { signingKeys } = store
  const operatorSecret = operatorKey === undefined ? undefined : hash('sha256', `access tokens of ${operatorKey}`, 'hex')
  const keysOf = coalescedLookup(async (ids: readonly string[]) => signingKeys.tokenKeys(ids.map(tokenKeysQuery)), { startAfter: beforeKeyLookup })

  return {
    async create(draft, creator) {
      checkShape(INPUTS.accessToken, draft)
      const { ttlSeconds, ...checked } = checkAccessTokenDraft(draft, { creator, tokenScopes })
      const signingKey = await currentSigningKey(signingKeys, clock)
      const [apiKey] = creator.keyId === null ? [] : await store.apiKeys.byIds(OPERATOR_SCOPE, [creator.keyId])
      const endsMs = Math.min(clock.now().epochMilliseconds + ttlSeconds * 1_000, apiKey?.expiresAt?.epochMilliseconds ?? Number.POSITIVE_INFINITY)
      const claims: AccessTokenClaims = { ...checked, expiresAtSeconds: Math.floor(endsMs / 1_000), apiKeyId: creator.keyId }
      const token = signAccessToken(claims, signingKey, creator.keyId === null ? (operatorSecret ?? '') : '')
      return { token, expiresAt: expiryOf(claims) }
    },

    async verify(token) {
      requireText('token', token)
      const read = readAccessToken(token)
      if (read === undefined) return 'token-unknown'
      const { claims, signingKeyId } = read
      if (Temporal.Instant.compare(expiryOf(claims), clock.now()) <= 0) return 'token-expired'
      if (claims.apiKeyId === null && operatorSecret === undefined) return 'token-unknown'
      const keys = await keysOf(tokenKeysId({ signingKeyId, apiKeyId: claims.apiKeyId }))
      const secret = claims.apiKeyId === null ? (operatorSecret ?? '') : ''
      if (keys === undefined || !isSignedWith(keys.publicKey, ACCESS_TOKEN, read, secret)) return 'token-unknown'
      return failureOf(claims, keys.apiKey) ?? viewerOf(claims)
    },

    async rotateSigningKey(rotation = {}) {
      checkShape(INPUTS.signingKeyRotation, rotation)
      const { id } = await addSigningKey(signingKeys, clock)
      if (rotation.revokeTokens === true) await signingKeys.removeAllBut(id)
    },
  }

  function failureOf(
    { apiKeyId }: AccessTokenClaims,
    apiKey: { revokedAt: unknown; expiresAt: Temporal.Instant | null } | null,
  ): AuthenticationFailure | undefined {
    if (apiKeyId === null) return undefined
    if (apiKey === null || apiKey.revokedAt !== null) return 'token-revoked'
    return apiKey.expiresAt !== null && Temporal.Instant.compare(apiKey.expiresAt, clock.now()) <= 0 ? 'token-revoked' : undefined
  }
}

function viewerOf(claims: AccessTokenClaims) {
  const { tenantId, customerId, scopes, apiKeyId } = claims
  return { kind: 'tenant', tenantId, keyId: apiKeyId, scopes: new Set(scopes), accessToken: { customerId, expiresAt: expiryOf(claims) } } as const
}

function expiryOf({ expiresAtSeconds }: AccessTokenClaims): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(expiresAtSeconds * 1_000)
}
