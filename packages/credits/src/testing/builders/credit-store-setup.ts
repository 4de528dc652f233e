import type { IdSource, Transaction } from '@tollgate/kernel'
import type { CreditStore } from '../../credit-store.ts'

/** Runs work in a transaction that includes a tenant. */
type UseTransaction = <Result>(tenantId: string, work: (transaction: Transaction) => Promise<Result>) => Promise<Result>

/** What the contract needs of an adapter. */
export interface CreditStoreSetup {
  /** Returns a store without wallets and costs. Called before each test. */
  readonly make: (ids: IdSource) => Promise<CreditStore>
  /** Runs work in a transaction of the store. */
  readonly transaction: UseTransaction
}
