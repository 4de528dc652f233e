import type { Transaction } from '@tollgate/kernel'

/** The outcomes of calls of `track`, of one caller. */
export interface CallCounts {
  readonly tenantId: string
  /** Null for calls that name no caller. */
  readonly caller: string | null
  readonly calls: number
  readonly accepted: number
  readonly duplicate: number
  readonly conflict: number
  readonly rejected: number
}

/** Counts calls of `track` by their caller, for an audit log. */
export interface CallCounter {
  /**
   * Counts in the transaction that records the events, so that the counts are exact. Called once per commit, also if no event
   * was accepted. It must send its statements without waiting for others, and must not lock what a commit hook locks.
   */
  countIn(transaction: Transaction, counts: readonly CallCounts[]): Promise<void>
  /** Counts calls without a valid event, which need no transaction. Must not throw. */
  count(counts: CallCounts): void
}
