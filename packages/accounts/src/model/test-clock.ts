import type { Temporal } from '@tollgate/kernel'

/** The clock of a simulated tenant. It stands still until it is advanced. */
export interface TestClock {
  readonly tenantId: string
  readonly now: Temporal.Instant
  /** Until when it is being advanced. Equal to `now` when everything that was due has been done. */
  readonly target: Temporal.Instant
  readonly createdAt: Temporal.Instant
}
