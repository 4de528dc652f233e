import type { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenUsage } from '@tollgate/tokens'

/** A usage event as charges see it. */
export interface ChargedEvent {
  readonly id: string
  readonly tenantId: string
  readonly occurredAt: Temporal.Instant
  readonly operation: string
  /** As the client sent them. */
  readonly provider: string | null
  readonly model: string | null
  readonly serviceTier: string | null
  /** Null if the event used no model. */
  readonly tokens: TokenUsage | null
  /** Units of a compute operation. */
  readonly quantity: Decimal | null
  /** USD, as the provider reported it. */
  readonly reportedCost: Decimal | null
  /** Values by the names of the dimensions that usage is grouped by, such as `customer` and `feature`. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly rating: EventRating
}

/** The cost of an event. */
export interface EventRating {
  readonly state: 'priced' | 'unpriced' | 'reported' | 'not_applicable'
  /** USD. Null if the state is `unpriced` or `not_applicable`. */
  readonly cost: Decimal | null
  /** The price that applied. Null unless the state is `priced`. */
  readonly priceId: string | null
}
