import type { Scope } from '@tollgate/kernel'
import type { SqlEntityManager } from '@mikro-orm/postgresql'
import type { PostgresDatabase } from '../database.ts'

/** A database that also runs MikroORM entities. */
export interface EntityDatabase extends PostgresDatabase {
  /** Runs work on entities in a transaction, and flushes changes before it commits. Not for hot paths. */
  entities<Result>(scope: Scope, work: (entities: SqlEntityManager) => Promise<Result>): Promise<Result>
}

/**
 * Returns a database as one that runs entities. A store takes any `PostgresDatabase`; if it has entities, it calls this. Throws
 * `TypeError` for a database without MikroORM.
 */
export function entityDatabase(database: PostgresDatabase): EntityDatabase {
  if (!('entities' in database) || typeof database.entities !== 'function') {
    throw new TypeError(
      'This store reads entities. Open the database with openEntityDatabase, or pass your MikroORM to ormDatabase, of @tollgate/postgres/mikro-orm.',
    )
  }
  return database as EntityDatabase
}
