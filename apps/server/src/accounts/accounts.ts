import type { Scope } from '@tollgate/kernel'
import type { ApiKeyPage } from './account-store.ts'
import type { ApiKey, ApiKeyDraft } from './api-key.ts'
import type { KeyScope } from './key-scope.ts'
import type { Tenant, TenantDraft, TenantUpdate } from './tenant.ts'

/** Tenants, and the keys that act for them. */
export interface Accounts {
  /** Throws `InvalidInput`, naming the field, and `AlreadyExists`. */
  createTenant(draft: TenantDraft): Promise<Tenant>
  /** Holds from the next request on, on every server. Throws `InvalidInput`, naming the field, and `NotFound`. */
  updateTenant(update: TenantUpdate): Promise<Tenant>
  /** By id; those that the scope does not see are left out. */
  tenantsByIds(scope: Scope, ids: readonly string[]): Promise<readonly Tenant[]>
  /** A page in the order of ids. */
  tenants(scope: Scope, page: { first: number; after?: string | undefined }): Promise<{ tenants: readonly Tenant[]; hasMore: boolean }>
  /** Throws `NotFound` where no tenant has this id. */
  requireTenant(id: string): Promise<void>

  /**
   * Makes a key and shows its secret, once. A key can pass on only what its maker may do: `grantable`.
   * Throws `InvalidInput`, `NotFound` for an unknown tenant, and `Forbidden` for a scope that cannot be passed on.
   */
  createApiKey(draft: ApiKeyDraft, grantable: ReadonlySet<KeyScope>): Promise<{ apiKey: ApiKey; secret: string }>
  /** Holds from the next request on, on every server. Revoking again changes nothing. Throws `NotFound`. */
  revokeApiKey(id: string): Promise<ApiKey>
  /** Newest first. */
  apiKeys(page: ApiKeyPage): Promise<{ apiKeys: readonly ApiKey[]; hasMore: boolean }>
  /** By id; those that the scope does not see are left out. */
  apiKeysByIds(scope: Scope, ids: readonly string[]): Promise<readonly ApiKey[]>
  /** The key that this secret belongs to, whether it still holds or not. Read from the database at every call. */
  apiKeyBySecret(secret: string): Promise<ApiKey | undefined>
  /** Notes that the key was used now; written a few seconds later, with others. */
  noteUse(apiKey: ApiKey): void
  /** Writes what is noted. */
  stop(): Promise<void>
}
