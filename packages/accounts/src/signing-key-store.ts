import type { Temporal } from '@tollgate/kernel'
import type { ApiKey } from './model/api-key.ts'
import type { SigningKey } from './model/signing-key.ts'

/** Stores the keys that sign access tokens, sessions and links. */
export interface SigningKeyStore {
  add(key: SigningKey): Promise<void>
  /** Returns the newest key: the one to sign with. */
  newest(): Promise<SigningKey | undefined>
  /** Removes the keys that had a newer one at that time, so that no valid token is signed with them. */
  removeSupersededBefore(time: Temporal.Instant): Promise<void>
  /** Removes all keys but this one. Tokens that they signed are no longer valid. */
  removeAllBut(id: string): Promise<void>
  /** Returns what tokens are verified with, for every tenant, by `tokenKeysId`. Omits tokens with an unknown signing key. */
  tokenKeys(tokens: readonly TokenKeysQuery[]): Promise<ReadonlyMap<string, TokenKeys>>
}

/** The keys that a token names. */
export interface TokenKeysQuery {
  readonly signingKeyId: string
  /** Null for the operator key of the configuration. */
  readonly apiKeyId: string | null
}

/** What a token is verified with. */
export interface TokenKeys {
  readonly publicKey: string
  /** The API key that made the token. Null if there is none. */
  readonly apiKey: ApiKey | null
}

/** Returns the text that stands for a query. */
export function tokenKeysId({ signingKeyId, apiKeyId }: TokenKeysQuery): string {
  return `${signingKeyId} ${apiKeyId ?? ''}`
}

/** Returns the query that a text stands for. */
export function tokenKeysQuery(id: string): TokenKeysQuery {
  const [signingKeyId = '', apiKeyId = ''] = id.split(' ')
  return { signingKeyId, apiKeyId: apiKeyId === '' ? null : apiKeyId }
}
