import type { MigrationObject } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'

/** A migration. Packages list theirs; `runMigrations` runs them. */
// An interface and no alias: an alias would write `@mikro-orm/core` into the declarations of packages that do not depend on it.
export interface SqlMigration extends MigrationObject {
  readonly name: string
}

/**
 * Creates a migration from SQL statements, which run in one transaction. `name` is unique across packages and starts with
 * the package: `"usage/0001-events"`. Never edit a released migration; add a new one.
 */
export function sqlMigration(name: string, statements: readonly string[]): SqlMigration {
  return {
    name,
    class: class extends Migration {
      override up(): void {
        for (const statement of statements) this.addSql(statement)
      }
    },
  }
}
