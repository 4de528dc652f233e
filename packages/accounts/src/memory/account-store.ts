import type { AccountStore } from '../account-store.ts'
import { memoryApiKeyStore } from './api-key-store.ts'
import { memorySigningKeyStore } from './signing-key-store.ts'
import { memoryTenantStore } from './tenant-store.ts'

/** Keeps tenants and API keys in this process: for tests, examples and services that run in one process. */
export function memoryAccountStore(): AccountStore {
  const apiKeys = memoryApiKeyStore()
  return { tenants: memoryTenantStore(), apiKeys, signingKeys: memorySigningKeyStore(apiKeys) }
}
