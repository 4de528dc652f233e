import type { Temporal } from '@tollgate/kernel'
import type { Frontier } from './frontier.ts'

/** What a checkpoint says: at this size, the Merkle tree of the log has this root. */
export interface Checkpoint {
  /** The unique name of the log. */
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/** A checkpoint as a store keeps it. */
export interface StoredCheckpoint {
  readonly size: number
  /** The signed note. */
  readonly note: string
  /** The frontier of the tree at this size. Its root is checked against the signed one before use. */
  readonly frontier: Frontier
  /** Hash (hexadecimal) of the last entry; null for an empty log. */
  readonly lastHash: string | null
  readonly createdAt: Temporal.Instant
}
