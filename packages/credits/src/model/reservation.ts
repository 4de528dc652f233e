import type { Decimal, Temporal } from '@tollgate/kernel'

/** What an entry or a reservation took of a grant; null is what no grant covers. */
export interface GrantShare {
  readonly grantId: string | null
  readonly amount: Decimal
}

/** State of a reservation. Only an open one holds credits. */
export type CreditReservationState = 'open' | 'settled' | 'released' | 'expired'

/** Credits that are held for work whose cost is known only afterwards. */
export interface CreditReservation {
  /** Given by the caller, unique in the tenant. */
  readonly id: string
  readonly walletId: string
  readonly amount: Decimal
  readonly state: CreditReservationState
  readonly createdAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
  /** What it holds of which grants. */
  readonly shares: readonly GrantShare[]
}
