import { InvalidInput } from '@tollgate/kernel'
import { tenantScopeMigration } from './0001-tenant-scope.ts'
import { isUsableRoleName, withRole } from './application-role.ts'
import { EXPECT_LARGE_TENANTS, FORCE_ROW_SECURITY, MIGRATIONS_TABLE, recordMigration, SEE_EVERY_TENANT } from './migration-sql.ts'
import { PREPARE_INSTALLATION } from './prepare-installation.ts'
import type { SqlMigration } from './sql-migration.ts'
import { APPLICATION_ROLE } from './tenant-isolation.ts'

/** A migration as a file, for the migration tool of a team. */
export interface MigrationFile {
  /** Such as `"usage/0001-events"`. */
  readonly name: string
  /** The SQL. Run it in one transaction, as the owner of the tables. */
  readonly sql: string
}

/** Options of migration files. */
export interface MigrationFileOptions {
  /** Name of the application role, which the first file creates. It belongs to the whole cluster. Defaults to `tollgate_app`. */
  readonly role?: string
}

/**
 * Returns migrations as SQL files, in the order in which they must run. Begin with those of `@tollgate/postgres`. Each file
 * runs in one transaction, and records itself in `tollgate.migrations`.
 */
export function migrationFiles(migrations: readonly SqlMigration[], { role = APPLICATION_ROLE }: MigrationFileOptions = {}): MigrationFile[] {
  if (!isUsableRoleName(role)) throw new InvalidInput([{ path: 'role', message: 'may contain only letters, digits and _ . @ -' }])
  return migrations.map(migration => {
    const isFirst = migration.name === tenantScopeMigration.name
    // With the statements that create the application role, which `openOwner` does otherwise.
    const { name, statements } = isFirst ? tenantScopeMigration : migration
    const preparation = isFirst ? [...PREPARE_INSTALLATION, MIGRATIONS_TABLE] : []
    const all = [...preparation, SEE_EVERY_TENANT, ...statements, FORCE_ROW_SECURITY, EXPECT_LARGE_TENANTS, recordMigration(name)]
    return { name, sql: `${all.map(statement => `${withRole(statement, role).trim().replace(/;$/, '')};`).join('\n\n')}\n` }
  })
}
