import type { Transaction } from '@tollgate/kernel'
import type { CollectableInvoice } from '../model/collections/collectable-invoice.ts'
import type { CollectionStep } from '../model/collections/collection-step.ts'

/** Sends what collections have to say. It writes in the transaction of the step, so that each step is sent once. */
export interface CollectionNotifier {
  notify(transaction: Transaction, notices: readonly CollectionNotice[]): Promise<void>
}

/** A step that was taken, and its invoice. */
export interface CollectionNotice {
  readonly step: CollectionStep
  readonly invoice: CollectableInvoice
}
