import type { ClientBase } from 'pg'
import { withRole } from './application-role.ts'
import { MigrationFailed } from './migration-failed.ts'
import { recordMigration, SEE_EVERY_TENANT } from './migration-sql.ts'
import type { SqlMigration } from './sql-migration.ts'

/** Runs a migration in a transaction, and records it. Throws `MigrationFailed`. */
export async function runMigration(client: ClientBase, { name, statements }: SqlMigration, role: string): Promise<void> {
  try {
    for (const statement of ['begin', SEE_EVERY_TENANT, ...statements.map(text => withRole(text, role)), recordMigration(name), 'commit']) {
      await client.query(statement)
    }
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new MigrationFailed(name, error)
  }
}
