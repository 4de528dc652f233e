import type { Scope, Temporal, Transaction } from '@tollgate/kernel'
import type { ApiKey } from './api-key.ts'
import type { Tenant } from './tenant.ts'

/** Keeps tenants and keys. */
export interface AccountStore {
  /** False where the id is taken; then nothing was written. */
  addTenant(tenant: Tenant): Promise<boolean>
  /** Changes a tenant, and does `also`, which is told how it was, in the same transaction; whoever else changes it waits. Undefined where there is none. */
  updateTenant(id: string, change: (tenant: Tenant) => Tenant, also: (transaction: Transaction, before: Tenant) => Promise<void>): Promise<Tenant | undefined>
  /** Those that the scope sees, in no particular order. */
  tenantsByIds(scope: Scope, ids: readonly string[]): Promise<readonly Tenant[]>
  /** In the order of ids, behind `after`. */
  listTenants(scope: Scope, page: { first: number; after?: string | undefined }): Promise<{ tenants: readonly Tenant[]; hasMore: boolean }>

  addApiKey(apiKey: ApiKey, secretHash: string): Promise<void>
  apiKeysByIds(scope: Scope, ids: readonly string[]): Promise<readonly ApiKey[]>
  /** Of every tenant: this is how a request's scope becomes known in the first place. Unknown hashes are left out. */
  apiKeysBySecretHashes(hashes: readonly string[]): Promise<ReadonlyMap<string, ApiKey>>
  /** Newest first, behind `after`. */
  listApiKeys(page: ApiKeyPage): Promise<{ apiKeys: readonly ApiKey[]; hasMore: boolean }>
  /** The first revocation stands. Undefined where there is no such key. */
  revokeApiKey(id: string, at: Temporal.Instant): Promise<ApiKey | undefined>
  noteUses(uses: ReadonlyMap<string, Temporal.Instant>): Promise<void>
}

/** Which keys are listed. */
export interface ApiKeyPage {
  /** Of this tenant; null for operators' keys, left out for all. */
  readonly tenantId?: string | null | undefined
  readonly includeRevoked?: boolean | undefined
  readonly first: number
  readonly after?: string | undefined
}
