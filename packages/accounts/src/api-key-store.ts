import type { Page, PageRequest, Scope, Temporal } from '@tollgate/kernel'
import type { ApiKey } from './model/api-key.ts'

/** Stores API keys, each with the hash of its secret. */
export interface ApiKeyStore {
  add(apiKey: ApiKey, secretHash: string): Promise<void>
  /** Returns the keys that are in the scope, in no particular order. Operator keys are only in an operator's scope. */
  byIds(scope: Scope, ids: readonly string[]): Promise<readonly ApiKey[]>
  /**
   * Returns keys of every tenant by secret hash, because authentication comes before any scope. Omits unknown hashes. A key
   * that is found by its previous secret expires with that secret.
   */
  bySecretHashes(hashes: readonly string[]): Promise<ReadonlyMap<string, ApiKey>>
  /** Lists the newest keys first. */
  list(query: ApiKeyQuery): Promise<Page<ApiKey>>
  /** Returns undefined if there is no such key. A key that is already revoked keeps its time of revocation. */
  revoke(id: string, at: Temporal.Instant): Promise<Revocation | undefined>
  /**
   * Replaces the secret of a key. The replaced one works until `previousExpiresAt`; the one before it no longer works.
   * Returns undefined if there is no such key or it was revoked.
   */
  rotate(id: string, rotation: SecretRotation): Promise<ApiKey | undefined>
  /** Records when keys were last used; an earlier time than the recorded one changes nothing. */
  recordUses(uses: ReadonlyMap<string, Temporal.Instant>): Promise<void>
}

/** A revoked key. */
export interface Revocation {
  readonly apiKey: ApiKey
  /** Whether the key had been revoked before, so that nothing changed. */
  readonly wasRevoked: boolean
}

/** A new secret for a key. */
export interface SecretRotation {
  readonly secretHash: string
  readonly prefix: string
  readonly previousExpiresAt: Temporal.Instant
}

/** Selects API keys. */
export interface ApiKeyQuery extends PageRequest {
  /** Tenant whose keys to list. Null lists operator keys; absent lists all keys. */
  readonly tenantId?: string | null | undefined
  /** Defaults to false. */
  readonly includeRevoked?: boolean | undefined
}
