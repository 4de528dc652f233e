import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction, PreparedStatement } from '@tollgate/postgres'

/** A database, or a transaction in progress. */
export type Source = PostgresDatabase | PostgresTransaction

/** Runs a statement in a scope, or in a transaction, which has its own. */
export function querySource<Row extends object>(
  source: Source,
  scope: Scope,
  { statement, values }: { readonly statement: string | PreparedStatement; readonly values?: readonly unknown[] },
): Promise<Row[]> {
  return 'transaction' in source ? source.query<Row>(scope, statement, values) : source.query<Row>(statement, values)
}
