/** What is wrong with a log at its first broken place. */
export type BrokenReason =
  /** The content of the entry does not match its hash, or its hash does not match the next entry. */
  | 'changed'
  /** The entry is missing, and later ones exist. */
  | 'removed'
  /** The entry was not recorded here; the one that was follows it. */
  | 'inserted'
  /** The entry that belongs here is at another place. */
  | 'swapped'
  /** The entry and all after it are missing. */
  | 'truncated'
  /** Entries and their hashes fit together, but not to a signed checkpoint: they were rewritten. */
  | 'rewritten'
  /** A checkpoint cannot be read, or no known key signed it. */
  | 'checkpoint'
  /** A file of an archive is missing or was changed, or what the store has of it. */
  | 'archive'
  /** The stored head does not match the entries. */
  | 'head'

/** The first broken place of a log. */
export interface BrokenPlace {
  /** Everything before it is intact. */
  readonly sequence: number
  /** The last sequence that may be affected, where the place is known only as a range. */
  readonly lastSequence: number
  readonly reason: BrokenReason
  /** Says what is wrong, for people. */
  readonly message: string
}

/** The result of verifying a log. */
export interface AuditVerification {
  readonly valid: boolean
  /** The number of entries that were verified, up to the first broken place. */
  readonly events: number
  /** The number of entries before them that are only in archives, which were not verified here. */
  readonly archivedEvents: number
  /** The number of archives that were verified. */
  readonly archives: number
  /** The number of signed checkpoints that the entries were compared with. */
  readonly checkpoints: number
  readonly firstInvalid: BrokenPlace | null
}
