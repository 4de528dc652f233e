import type { Encryption } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { AccountStore } from '../account-store.ts'
import { postgresApiKeyStore } from './api-key-store.ts'
import { postgresSigningKeyStore } from './signing-key-store.ts'
import { postgresTenantStore } from './tenant-store.ts'

/** What the store needs. */
export interface PostgresAccountStoreOptions {
  /** Opened with `accountsEntities`. */
  readonly database: PostgresDatabase
  /** Encrypts the keys that sign access tokens. */
  readonly encryption: Encryption
}

/** Stores tenants, API keys and signing keys in PostgreSQL. */
export function postgresAccountStore({ database, encryption }: PostgresAccountStoreOptions): AccountStore {
  return {
    tenants: postgresTenantStore(database, encryption),
    apiKeys: postgresApiKeyStore(database),
    signingKeys: postgresSigningKeyStore(database, encryption),
  }
}
