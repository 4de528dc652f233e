import type { Scope } from './scope.ts'

declare const TRANSACTION: unique symbol

/**
 * A transaction in progress. The core of a package only passes it on, so that the stores of several packages can write in
 * the same transaction. Only adapters know what it is.
 */
export interface Transaction {
  readonly [TRANSACTION]?: never
  readonly scope: Scope
}

/** Runs work in a transaction, which is committed if the promise resolves and rolled back if it rejects. */
export interface Transactions<Tx extends Transaction = Transaction> {
  transaction<Result>(scope: Scope, work: (transaction: Tx) => Promise<Result>): Promise<Result>
}
