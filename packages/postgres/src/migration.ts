import type { MigrationObject } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'

/**
 * A migration that is a list of SQL statements, run in one transaction. `name` is unique over all packages and starts
 * with the package: `"usage/0001-events"`. A migration that has been released is never edited; a new one corrects it.
 */
export function sqlMigration(name: string, statements: readonly string[]): MigrationObject {
  return {
    name,
    class: class extends Migration {
      override up(): void {
        for (const statement of statements) this.addSql(statement)
      }
    },
  }
}
