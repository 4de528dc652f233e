import type { MigrationObject } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'
import { withRole } from './application-role.ts'
import { TENANTS_SETTING } from './tenant-isolation.ts'

/** A migration. Packages list theirs; `owner.migrate` runs them. */
export interface SqlMigration {
  readonly name: string
  readonly statements: readonly string[]
}

/**
 * Creates a migration from SQL statements, which run in one transaction, as an operator. `name` is unique across packages
 * and starts with the package: `"usage/0001-events"`. Never edit a released migration; add a new one.
 */
export function sqlMigration(name: string, statements: readonly string[]): SqlMigration {
  return { name, statements }
}

/** Once tables force row-level security, an owner that is no superuser sees no row without a scope. */
const SEE_EVERY_TENANT = `
  do $$ begin
    if to_regprocedure('tollgate.operator_scope()') is not null then
      perform set_config('${TENANTS_SETTING}', tollgate.operator_scope(), true);
    end if;
  end $$`

/** Returns the migration for MikroORM, with the name of the role of the server. */
export function forRole({ name, statements }: SqlMigration, role: string): MigrationObject {
  return {
    name,
    class: class extends Migration {
      override up(): void {
        this.addSql(SEE_EVERY_TENANT)
        for (const statement of statements) this.addSql(withRole(statement, role))
      }
    },
  }
}
