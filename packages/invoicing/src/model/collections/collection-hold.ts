import type { Temporal } from '@tollgate/kernel'

/** Why collections can stop. */
export const HOLD_KINDS = ['pause', 'dispute'] as const

/** Why collections stop. */
export type HoldKind = (typeof HOLD_KINDS)[number]

/** How disputes can end. `accepted`: the tenant was right. */
export const DISPUTE_RESOLUTIONS = ['accepted', 'rejected', 'withdrawn'] as const

/** How a dispute ended. */
export type DisputeResolution = (typeof DISPUTE_RESOLUTIONS)[number]

/** A time in which collections take no steps. Days from the due date do not count meanwhile. */
export interface CollectionHold {
  /** A UUIDv7. */
  readonly id: string
  readonly tenantId: string
  readonly kind: HoldKind
  /** Null for all invoices of the tenant. */
  readonly invoiceId: string | null
  readonly from: Temporal.Instant
  /** Null while it lasts. A pause can end in the future. */
  readonly to: Temporal.Instant | null
  readonly reason: string | null
  /** Null for a pause, and while a dispute lasts. */
  readonly resolution: DisputeResolution | null
}
