import { sqlMigration, type SqlMigration } from './sql-migration.ts'
import { tenantScopeMigration } from './0001-tenant-scope.ts'
import { signedScopeMigration } from './0002-signed-scope.ts'
import { verifyScopesOnceMigration } from './0003-verify-scopes-once.ts'
import { encryptionKeysMigration } from './0004-encryption-keys.ts'
import { customerScopeMigration } from './0005-customer-scope.ts'

/**
 * The owner prepares the role of the server before it migrates. So the first migration no longer creates it, nor joins it,
 * which its first two statements do: that needs rights that the owner may not have.
 */
const tenantScope = sqlMigration(tenantScopeMigration.name, tenantScopeMigration.statements.slice(2))

/** Run before those of any other package: the functions that policies call. */
export const postgresMigrations: readonly SqlMigration[] = [
  tenantScope,
  signedScopeMigration,
  verifyScopesOnceMigration,
  encryptionKeysMigration,
  customerScopeMigration,
]
