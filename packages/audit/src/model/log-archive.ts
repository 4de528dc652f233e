import type { Temporal } from '@tollgate/kernel'
import type { Frontier } from './frontier.ts'

/** A file with the entries of a log that were recorded in one month, and what the log needs to go on without them. */
export interface LogArchive {
  /** The first day of the month (UTC): "2025-11-01". */
  readonly month: string
  readonly firstSequence: number
  readonly lastSequence: number
  /** Name of the file. */
  readonly file: string
  /** SHA-256 (hexadecimal) of the bytes of the file. */
  readonly sha256: string
  /** Signed checkpoint of the log up to the last entry. */
  readonly note: string
  /** Frontier of the tree up to the last entry. Its root is checked against the signed one before use. */
  readonly frontier: Frontier
  /** Hash (hexadecimal) of the last entry. */
  readonly lastHash: string
  readonly archivedAt: Temporal.Instant
  /** Whether the entries were removed from the store. */
  readonly isDropped: boolean
}
