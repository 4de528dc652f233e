import type { Page, PageRequest, Scope } from '@tollgate/kernel'
import type { ApiKeyQuery } from './api-key-store.ts'
import type { ApiKey, ApiKeyDraft, ApiKeyRotation } from './model/api-key.ts'
import type { Tenant, TenantDraft, TenantUpdate } from './model/tenant.ts'

/** Manages tenants and the API keys that act for them. */
export interface Accounts {
  /** Throws `InvalidInput` and `AlreadyExists`. */
  createTenant(draft: TenantDraft): Promise<Tenant>
  /** Takes effect with the next request, on every server. Throws `InvalidInput` and `NotFound`. */
  updateTenant(update: TenantUpdate): Promise<Tenant>
  /** Returns the tenants that are in the scope, in no particular order. */
  tenantsByIds(scope: Scope, ids: readonly string[]): Promise<readonly Tenant[]>
  /** Lists the tenants in the scope, ordered by id. */
  tenants(scope: Scope, page: PageRequest): Promise<Page<Tenant>>
  /** Throws `NotFound` if there is no such tenant. */
  requireTenant(id: string): Promise<void>

  /**
   * Creates a key and returns its secret, which cannot be read again. `grantable` are the scopes of the creator's own key.
   * Throws `InvalidInput`, `NotFound` for an unknown tenant, and `Forbidden` for a scope that is not grantable.
   */
  createApiKey(draft: ApiKeyDraft, grantable: ReadonlySet<string>): Promise<{ apiKey: ApiKey; secret: string }>
  /** Takes effect with the next request, on every server. Revoking a key again changes nothing. Throws `NotFound`. */
  revokeApiKey(id: string): Promise<ApiKey>
  /**
   * Replaces the secret of a key and returns the new one, which cannot be read again. The old secret works until
   * `previousSecretExpiresAt`, by default for 24 hours. Throws `InvalidInput`, and `NotFound` for an unknown or revoked key.
   */
  rotateApiKey(id: string, options?: ApiKeyRotation): Promise<{ apiKey: ApiKey; secret: string }>
  /** Lists the newest keys first. */
  apiKeys(query: ApiKeyQuery): Promise<Page<ApiKey>>
  /** Returns the keys that are in the scope, in no particular order. */
  apiKeysByIds(scope: Scope, ids: readonly string[]): Promise<readonly ApiKey[]>
  /**
   * Returns the key with this secret, even if it has expired or was revoked. Every call reads the store. Concurrent calls share
   * look-ups; those with the same secret that share one get the same promise.
   */
  apiKeyBySecret(secret: string): Promise<ApiKey | undefined>
  /** Records that the key was used now. Uses are written in batches, a few seconds later. */
  recordUse(apiKey: ApiKey): void
  /** Writes the recorded uses. */
  stop(): Promise<void>
}
