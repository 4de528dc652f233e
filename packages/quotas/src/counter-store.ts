import type { Transaction } from '@tollgate/kernel'
import type { QuotaCommand } from './engine/command.ts'
import type { CommandOutcome, Stale } from './engine/commands/outcome.ts'
import type { Counter } from './model/counters/counter.ts'
import type { CounterReading } from './model/counters/counter-reading.ts'

/** Applies commands to counters, and reads counters. */
export interface CounterStore {
  /**
   * Applies a command like `applyCommand`. It is durable when the promise resolves. Commands take effect one after the other,
   * in an order in which a command comes after all those that were acknowledged before it was sent. Rejects with
   * `QuotasOverloaded` when too many commands are waiting.
   */
  apply(command: QuotaCommand): Promise<CommandOutcome>
  /**
   * Applies commands in order as part of a transaction. The counters that they touch stay locked until it ends, so call this
   * once per transaction, as the last thing. If some commands are stale, the store may apply none and report all as stale.
   */
  applyIn(transaction: Transaction, commands: readonly QuotaCommand[]): Promise<readonly CommandOutcome[]>
  /** Reads counters, in the order given. A counter that does not exist reads 0. Never waits for writers. */
  read(query: CountersQuery): Promise<readonly CounterReading[] | Stale>
}

/** Counters of a tenant to read. */
export interface CountersQuery {
  readonly tenantId: string
  /** The customer that all counters belong to. The store then reads with the scope of this customer. */
  readonly customerId?: string | undefined
  /** Revision of the policies that the counters were found with. */
  readonly revision: string
  readonly nowMs: number
  readonly counters: readonly Counter[]
}
