import { DomainError } from '@tollgate/kernel'

/** A migration failed and was rolled back; the ones before it stay. `cause` is the error of PostgreSQL. */
export class MigrationFailed extends DomainError<'MIGRATION_FAILED'> {
  readonly migration: string

  constructor(migration: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super('MIGRATION_FAILED', `The migration ${migration} failed and was rolled back: ${reason}`, { cause })
    this.migration = migration
  }
}
