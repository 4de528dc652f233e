import type { Temporal, Transaction } from '@tollgate/kernel'
import type { CollectionHold, DisputeResolution } from '../model/collections/collection-hold.ts'
import type { CollectionPolicy } from '../model/collections/collection-policy.ts'
import type { CollectionStep } from '../model/collections/collection-step.ts'

/** Stores policies, holds and steps of collections. `describeCollectionStore` is the contract of all adapters. */
export interface CollectionStore {
  /** Runs work in a transaction of one tenant, or of the installation for null, which is durable when the promise resolves. */
  transaction<Result>(tenantId: string | null, work: (transaction: Transaction) => Promise<Result>): Promise<Result>
  /** Waits until no other transaction changes payments or collections of the tenant, until this one ends. */
  lock(transaction: Transaction, tenantId: string): Promise<void>
  /** Returns the policy of the tenant, or of the installation for null. Undefined if none is set. Reads in `transaction` if one is given. */
  policy(tenantId: string | null, transaction?: Transaction): Promise<CollectionPolicy | undefined>
  /** Sets the policy of a tenant, or of the installation for null. Undefined removes it. */
  setPolicy(tenantId: string | null, policy: CollectionPolicy | undefined, transaction: Transaction): Promise<void>
  /** Returns the holds of a tenant, latest first. Reads in `transaction` if one is given. */
  holds(tenantId: string, transaction?: Transaction): Promise<readonly CollectionHold[]>
  addHold(transaction: Transaction, hold: CollectionHold): Promise<void>
  endHold(transaction: Transaction, end: HoldEnd): Promise<void>
  /** Returns the steps for invoices of a tenant, oldest first. Reads in `transaction` if one is given. */
  steps(tenantId: string, invoiceIds: readonly string[], transaction?: Transaction): Promise<readonly CollectionStep[]>
  /** Adds steps of one tenant, and returns those that did not exist. */
  addSteps(transaction: Transaction, steps: readonly CollectionStep[]): Promise<readonly CollectionStep[]>
  /** Returns the late fees of a tenant that no invoice has charged, oldest first. */
  unbilledLateFees(transaction: Transaction, tenantId: string): Promise<readonly CollectionStep[]>
  /** Records that an invoice charges late fees. */
  billLateFees(transaction: Transaction, bill: LateFeeBill): Promise<void>
}

/** The end of a hold. */
export interface HoldEnd {
  readonly tenantId: string
  readonly id: string
  readonly to: Temporal.Instant
  readonly resolution: DisputeResolution | null
}

/** Late fees that an invoice charges. */
export interface LateFeeBill {
  readonly tenantId: string
  readonly fees: readonly Pick<CollectionStep, 'invoiceId' | 'key'>[]
  /** The invoice that charges them. */
  readonly billedOn: string
}
