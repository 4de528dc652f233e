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
