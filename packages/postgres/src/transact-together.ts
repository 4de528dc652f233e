import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction } from './database.ts'
import { joinTransaction } from './join-transaction.ts'

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
