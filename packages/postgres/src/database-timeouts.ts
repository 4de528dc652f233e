/** Maximum durations of work in the database. What takes longer fails. */
export interface DatabaseTimeouts {
  /** Of one statement. */
  readonly statementMs: number
  /** Of the wait for a lock. */
  readonly lockMs: number
  /** Of the pause between two statements of a transaction. */
  readonly idleMs: number
  /**
   * Of the use of a connection by one call. Then the connection is destroyed, because it may hang, and the call fails as
   * if the database were down. Longer than `statementMs`, so that PostgreSQL answers first where it can.
   */
  readonly useMs: number
}

/**
 * Returns the settings of PostgreSQL that limit a transaction, by name. They are part of each transaction and not of the
 * session, because a connection pooler in between shares sessions.
 */
export function timeoutSettings(timeouts: DatabaseTimeouts | undefined): readonly (readonly [name: string, milliseconds: number])[] {
  if (timeouts === undefined) return []
  return [
    ['statement_timeout', timeouts.statementMs],
    ['lock_timeout', timeouts.lockMs],
    ['idle_in_transaction_session_timeout', timeouts.idleMs],
  ]
}
