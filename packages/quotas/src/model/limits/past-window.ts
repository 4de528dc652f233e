import type { Decimal, Temporal } from '@tollgate/kernel'

/** The usage of one quota in a window that has ended. */
export interface PastWindow {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  /** One value for each dimension of the policy's scope. */
  readonly scopeValue: readonly (string | null)[]
  readonly used: Decimal
  /** The limit at the last use in the window. Null: unlimited. */
  readonly limit: Decimal | null
  /** As in `QuotaUsage`. */
  readonly percentage: Decimal | null
  readonly exceeded: boolean
}
