/** Removes data that no decision depends on anymore. */
export interface QuotaUpkeep {
  /** Removes expired holds, sliding counters without usage for two windows, and data older than the query says. Returns the number of rows. */
  sweep(query: SweepQuery): Promise<number>
}

/** What to remove. */
export interface SweepQuery {
  readonly nowMs: number
  /** Tenants to leave out. */
  readonly except: readonly string[]
  /** Maximum number of rows of each kind. */
  readonly limit: number
  /** Remove counters whose window ended before this. */
  readonly countersBeforeMs: number
  /** Remove reservations that have ended and expired before this. */
  readonly reservationsBeforeMs: number
  readonly alertsBeforeMs: number
  /** Forget idempotency keys that were used before this. */
  readonly keyedUsesBeforeMs: number
}
