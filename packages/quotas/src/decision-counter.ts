import type { Transaction } from '@tollgate/kernel'
import type { CallerCounts, CountedAction } from './model/decisions/decision-counts.ts'

/** Counts decisions by their caller, for an audit log. */
export interface DecisionCounter {
  /**
   * Counts in the transaction that makes decisions durable, so that the counts are exact. It must send its statements without
   * waiting for others, and must not lock what others lock.
   */
  countIn(transaction: Transaction, counts: readonly CallerCounts[]): Promise<void>
  /** Counts what needed no transaction: checks, and decisions from leases or while the store was unavailable. Must not throw. */
  count(tenantId: string, caller: string | null, action: CountedAction): void
}
