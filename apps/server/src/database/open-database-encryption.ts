import { type DatabaseEncryption, openEncryption, type PostgresDatabase } from '@tollgate/postgres'
import type { Clock } from '@tollgate/kernel'
import type { Log } from '../observability/log.ts'
import { type EncryptionKeySettings, findEncryptionKeys } from '../process/encryption-keys.ts'
import { encryptedColumns } from './encrypted-columns.ts'

/** What encrypts the database. */
export interface DatabaseEncryptionOptions {
  readonly environment: EncryptionKeySettings
  readonly database: PostgresDatabase
  readonly clock: Clock
  readonly log: Log
}

/** Opens the encryption of the database with the keys of the settings, and warns if there are none. */
export async function openDatabaseEncryption({ environment, log, ...options }: DatabaseEncryptionOptions): Promise<DatabaseEncryption> {
  const keys = await findEncryptionKeys(environment)
  const encryption = await openEncryption({ ...options, keys, columns: encryptedColumns })
  if (keys.length === 0) log.warn('Secrets in the database are not encrypted. Set TOLLGATE_ENCRYPTION_KEY to the same key on every server.')
  return encryption
}
