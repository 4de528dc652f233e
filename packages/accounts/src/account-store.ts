import type { ApiKeyStore } from './api-key-store.ts'
import type { SigningKeyStore } from './signing-key-store.ts'
import type { TenantStore } from './tenant-store.ts'

/** Stores tenants, their API keys, and the keys that sign access tokens. */
export interface AccountStore {
  readonly tenants: TenantStore
  readonly apiKeys: ApiKeyStore
  readonly signingKeys: SigningKeyStore
}
