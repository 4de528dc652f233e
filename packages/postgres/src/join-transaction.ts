import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction } from './database.ts'

/** A transaction that stores can use like a database. */
export interface JoinedTransaction {
  readonly database: PostgresDatabase
  /** The first error of a statement or transaction. */
  readonly failure: { readonly error: unknown } | undefined
}

/**
 * Returns a transaction as a database: everything that stores do to it is part of the transaction. They must await all their calls, and make
 * them one after the other. After a statement has failed, all others fail too.
 */
export function joinTransaction(transaction: PostgresTransaction): JoinedTransaction {
  let failure: { readonly error: unknown } | undefined

  async function run<Result>(call: () => Promise<Result>): Promise<Result> {
    // PostgreSQL refuses all further statements with another error. The first one says whether the work can be repeated.
    if (failure !== undefined) throw failure.error
    try {
      return await call()
    } catch (error) {
      failure ??= { error }
      throw error
    }
  }
  const within = (scope: Scope): PostgresTransaction => {
    const own = transaction.inScope(scope)
    return { scope, query: (statement, values) => run(() => own.query(statement, values)), inScope: within }
  }
  const refuse = (method: string) => () => {
    throw new TypeError(`A database that is part of a transaction has no "${method}"`)
  }
  return {
    database: {
      query: (scope, statement, values) => within(scope).query(statement, values),
      transaction: (scope, work) => run(() => work(within(scope))),
      ping: refuse('ping'),
      connections: refuse('connections'),
      disconnect: refuse('disconnect'),
      close: refuse('close'),
    },
    get failure() {
      return failure
    },
  }
}
