import type { Temporal } from '@tollgate/kernel'
import type { Frontier } from './frontier.ts'

/** The end of a log: everything that the next entry depends on. */
export interface LogHead {
  /** The number of entries. */
  readonly size: number
  /** Hash (hexadecimal) of the last entry; null for an empty log. */
  readonly lastHash: string | null
  readonly frontier: Frontier
  /** Null for an empty log. */
  readonly lastRecordedAt: Temporal.Instant | null
}

/** The head of a log without entries. */
export const EMPTY_HEAD: LogHead = { size: 0, lastHash: null, frontier: [], lastRecordedAt: null }
