import { type DatabaseEncryption, openEncryption, type PostgresDatabase } from '@tollgate/postgres'
import type { Clock } from '@tollgate/kernel'
import { type EncryptionKeySettings, findEncryptionKeys } from '../process/encryption-keys.ts'
import { encryptedColumns } from './encrypted-columns.ts'

/** What encrypts the database. */
export interface DatabaseEncryptionOptions {
  readonly environment: EncryptionKeySettings
  readonly database: PostgresDatabase
  readonly clock: Clock
}

/** Opens the encryption of the database with the keys of the settings. */
export async function openDatabaseEncryption({ environment, ...options }: DatabaseEncryptionOptions): Promise<DatabaseEncryption> {
  return openEncryption({ ...options, keys: await findEncryptionKeys(environment), columns: encryptedColumns })
}
