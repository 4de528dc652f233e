export { awaitAll } from './await-all.ts'
export { bigintArray, integerArray, textArray, timestampArray, uuidArray } from './column-array.ts'
export { DecimalColumn, InstantColumn } from './column-types.ts'
export { type Column, columnOf, type Columns, type ColumnValues, type DeclareColumn, defineColumns, type EncodedColumns, renameColumn } from './columns.ts'
export type { DatabaseAccess } from './database-access.ts'
export { type DatabaseOptions, openDatabase, type PostgresDatabase, type PostgresTransaction, type PreparedStatement } from './database.ts'
export { asDatabaseBusy, CommitOutcomeUnknown, DatabaseBusy, DatabaseDown, isDatabaseUnavailable, refusedValue, sqlState } from './database-failure.ts'
export { destroyConnection } from './destroy-connection.ts'
export type { EncryptedColumn } from './encryption/encrypted-column.ts'
export { decryptText, encryptText } from './encryption/encrypted-text.ts'
export { type EncryptionKey, EncryptionKeyMalformed, readEncryptionKeys } from './encryption/encryption-key.ts'
export { createEncryption, type StoredEncryption, Undecryptable } from './encryption/envelope-encryption.ts'
export {
  type DatabaseEncryption,
  EncryptionKeyMissing,
  type EncryptionOptions,
  NoEncryptionKey,
  openEncryption,
  unencrypted,
} from './encryption/open-encryption.ts'
export { type DatabaseTimeouts } from './database-timeouts.ts'
export { sqlMigration, type SqlMigration } from './migrations/sql-migration.ts'
export { postgresMigrations } from './migrations/index.ts'
export { type ChannelListener, type NotificationListener, type NotificationListenerOptions, openNotificationListener } from './notification-listener.ts'
export { followConnections, inTime } from './pool-connections.ts'
export { postgresTransaction } from './postgres-transaction.ts'
export { retryOnConflict } from './retry-on-conflict.ts'
export { decimalOrNull, instantOrNull } from './row-values.ts'
export { DatabaseIsNewer, MigrationFailed, type MigrationProgress } from './migrations/run-migrations.ts'
export { WrongDatabaseRole } from './owner/connection-role.ts'
export { DatabaseNotOwned, DatabaseRoleMissing, RoleCannotLogIn } from './owner/database-role-missing.ts'
export { MigrationLockTimeout } from './owner/migration-lock.ts'
export { operatorConnection } from './owner/operator-connection.ts'
export { type DatabaseOwner, openOwner, type OwnerOptions } from './owner/open-owner.ts'
export { PoolerInBetween } from './owner/pooler.ts'
export { MIN_POSTGRES_VERSION, PostgresTooOld } from './owner/postgres-version.ts'
export { inScope, type Statement, type StatementValues, statementValues } from './statement.ts'
export { APPLICATION_ROLE, grantToApplication, isolateTenants, shareWithTenants, showToCustomers } from './migrations/tenant-isolation.ts'
export { timestampText, toEpochMicroseconds } from './timestamps.ts'
