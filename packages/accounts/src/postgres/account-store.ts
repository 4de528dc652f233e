import type { PostgresDatabase } from '@tollgate/postgres'
import type { AccountStore } from '../account-store.ts'
import { postgresApiKeyStore } from './api-key-store.ts'
import { postgresSigningKeyStore } from './signing-key-store.ts'
import { postgresTenantStore } from './tenant-store.ts'

/** Stores tenants and API keys in PostgreSQL. Open the database with `accountsEntities`. */
export function postgresAccountStore({ database }: { readonly database: PostgresDatabase }): AccountStore {
  return { tenants: postgresTenantStore(database), apiKeys: postgresApiKeyStore(database), signingKeys: postgresSigningKeyStore(database) }
}
