import type { SqlMigration } from './sql-migration.ts'
import { tenantScopeMigration } from './0001-tenant-scope.ts'
import { signedScopeMigration } from './0002-signed-scope.ts'

/** Run before those of any other package: the role, and the functions that policies call. */
export const postgresMigrations: readonly SqlMigration[] = [tenantScopeMigration, signedScopeMigration]
