import type { Scope, Transaction, Transactions } from '@tollgate/kernel'

/**
 * A statement that each connection parses and plans once, for hot paths in which planning may cost more than running. The
 * name must be unique for the text, and the plan must be good for any values.
 */
export interface PreparedStatement {
  readonly name: string
  readonly text: string
}

/** A transaction on one connection. Queries that are sent without awaiting each other share a round trip. */
export interface PostgresTransaction extends Transaction {
  /** Runs one statement with the parameters `$1`, `$2`, …. Returns `numeric` and `timestamptz` as text, in UTC. */
  query<Row>(statement: string | PreparedStatement, values?: readonly unknown[]): Promise<Row[]>
  /** Returns the same transaction, whose queries run in another scope. */
  inScope(scope: Scope): PostgresTransaction
}

/** The database, in the application role. Every statement runs in a transaction that carries a scope. */
export interface PostgresDatabase extends Transactions<PostgresTransaction> {
  /** Runs one statement in its own transaction, in one round trip. */
  query<Row>(scope: Scope, statement: string | PreparedStatement, values?: readonly unknown[]): Promise<Row[]>
  /** Whether the database responds. */
  ping(): Promise<boolean>
  /** Returns the number of open and idle connections, and of callers that wait for one. */
  connections(): { open: number; idle: number; waiting: number }
  /** Closes every connection at once, because PostgreSQL has stopped answering. Calls in progress fail; later ones connect again. */
  disconnect(): void
  close(): Promise<void>
}
