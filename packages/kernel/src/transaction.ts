import type { Scope } from './scope.ts'

declare const TRANSACTION: unique symbol

/**
 * A unit of work in progress, opaque to a package's core: it is only handed on, so that stores of several packages
 * can write in one transaction. Each adapter knows its own kind.
 */
export interface Transaction {
  readonly [TRANSACTION]?: never
  readonly scope: Scope
}

/** Runs work in a transaction: committed when the promise resolves, rolled back when it rejects. */
export interface Transactions<Tx extends Transaction = Transaction> {
  transaction<Result>(scope: Scope, work: (transaction: Tx) => Promise<Result>): Promise<Result>
}
