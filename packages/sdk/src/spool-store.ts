import type { UsageEventInput } from './model/operations.ts'

/** An event that waits for delivery, and its tenant for operator keys. */
export interface SpooledEvent {
  readonly event: UsageEventInput
  readonly tenantId?: string | undefined
}

/** Where an event is in a spool. */
export type SpoolPosition = number

/** Keeps events until the server has answered for them, also over a crash. It has one owner: the client that it was passed to. */
export interface Spool {
  /**
   * Resolves when the event is durable. With `inMemory`, the owner keeps the event too, so `next` does not return it. Rejects if
   * the spool is full or cannot be written.
   */
  append(event: SpooledEvent, options: { readonly inMemory: boolean }): Promise<SpoolPosition>
  /** The server has answered for these events. */
  remove(positions: readonly SpoolPosition[]): void
  /** Returns events that are only in the spool: left by an earlier process, or not kept in memory. Empty if there are none. */
  next(): Promise<readonly { readonly position: SpoolPosition; readonly spooled: SpooledEvent }[]>
  stats(): SpoolStats
  /** Deletes what is answered for. The rest stays for the next process. */
  close(): Promise<void>
}

/** The size of a spool. */
export interface SpoolStats {
  /** Events without an answer. Those of earlier processes count when they are read. */
  readonly events: number
  readonly bytes: number
  readonly segments: number
  /** Whether `next` may return events. */
  readonly hasMore: boolean
}
