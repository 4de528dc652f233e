import type { Temporal } from '@tollgate/kernel'
import type { TestClock } from './model/test-clock.ts'

/** Stores the clocks of simulated tenants. */
export interface TestClockStore {
  /** Returns all clocks, by tenant. */
  all(): Promise<readonly TestClock[]>
  /** Adds a clock. Returns false, and adds none, if the tenant has one or there are `max`. */
  add(clock: TestClock, max: number): Promise<boolean>
  /** Removes a clock. */
  remove(tenantId: string): Promise<void>
  /** Moves a clock and its target forward, never back. Returns the clock; undefined if the tenant has none. */
  move(tenantId: string, to: { readonly now: Temporal.Instant; readonly target: Temporal.Instant }): Promise<TestClock | undefined>
}
