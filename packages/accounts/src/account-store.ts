import type { ApiKeyStore } from './api-key-store.ts'
import type { TenantStore } from './tenant-store.ts'

/** Stores tenants and their API keys. */
export interface AccountStore {
  readonly tenants: TenantStore
  readonly apiKeys: ApiKeyStore
}
