import type { Transaction } from '@tollgate/kernel'
import type { PostgresTransaction } from './database.ts'

/**
 * Returns the transaction as one that runs SQL. A store's port takes any `Transaction`; its PostgreSQL adapter calls this.
 * Throws `TypeError` for a transaction of another adapter. Whether it belongs to the same database is up to the caller.
 */
export function postgresTransaction(transaction: Transaction): PostgresTransaction {
  if (!('query' in transaction) || typeof transaction.query !== 'function') {
    throw new TypeError('A PostgreSQL store needs a transaction of a PostgreSQL database. Pass the one that `database.transaction` gave you.')
  }
  return transaction as PostgresTransaction
}
