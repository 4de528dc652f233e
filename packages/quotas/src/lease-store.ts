import type { Counter } from './model/counters/counter.ts'

/** Knows the leases of all processes. */
export interface LeaseStore {
  /** Whether any process holds a lease that was made with replaced policies and has not expired. */
  hasOutdatedLeases(query: OutdatedLeasesQuery): Promise<boolean>
  /**
   * Calls the listener when leases are recalled, until the returned function is called. A recall may arrive late or twice. A
   * store that cannot notify never calls the listener; then a recall takes effect when a lease is renewed.
   */
  onRecall(listener: LeaseRecallListener): Promise<() => Promise<void>>
}

/** Leases to look for. */
export interface OutdatedLeasesQuery {
  /** Null: all tenants. */
  readonly tenantId: string | null
  readonly nowMs: number
}

/** Called when leases of the counters that match are recalled. Must not throw. */
export type LeaseRecallListener = (matches: (counter: Counter) => boolean) => void
