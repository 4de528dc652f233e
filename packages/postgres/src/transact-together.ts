import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction } from './database.ts'

/** Work of a store that becomes part of a transaction, and what follows it there. */
export interface JointWork<Result> {
  /** The scope of `beforeCommit`. Calls of the work keep their own scopes. */
  readonly scope: Scope
  /** Everything that it does to this database is part of the transaction. It must await all its calls, and make them one after the other. */
  readonly work: (database: PostgresDatabase) => Promise<Result>
  /** Runs last, with the result of the work. If it throws, nothing is committed. */
  readonly beforeCommit: (transaction: PostgresTransaction, result: Result) => Promise<void>
}

/** Carries the result of work that was rolled back. */
class NothingChanged<Result> extends Error {
  readonly result: Result

  constructor(result: Result) {
    super('The work was rolled back')
    this.result = result
  }
}

/**
 * Runs a call of a store in one transaction with what must be committed with it. If a statement or transaction of the work
 * fails, everything is rolled back; if the work handles that, such as a unique key that is taken, its result is returned
 * and nothing follows it. Therefore, give it work that writes in one transaction.
 */
export async function transactTogether<Result>(
  database: Pick<PostgresDatabase, 'transaction'>,
  { scope, work, beforeCommit }: JointWork<Result>,
): Promise<Result> {
  try {
    return await database.transaction(scope, async transaction => {
      const joined = joinTransaction(transaction)
      const result = await work(joined.database)
      if (joined.failure !== undefined) throw new NothingChanged(result)
      await beforeCommit(transaction, result)
      return result
    })
  } catch (error) {
    if (error instanceof NothingChanged) return error.result as Result
    throw error
  }
}

interface JoinedTransaction {
  readonly database: PostgresDatabase
  /** The first error of a statement or transaction. */
  readonly failure: { readonly error: unknown } | undefined
}

function joinTransaction(transaction: PostgresTransaction): JoinedTransaction {
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
      entities: refuse('entities'),
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
