import type { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenUsage, UsageUnit } from '@tollgate/tokens'

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
  /** Such as "fast". Null or omitted for the usual speed. */
  readonly speed?: string | null
  /** Null or omitted for any region. */
  readonly region?: string | null
  /** Null if the event has no token counts. */
  readonly tokens: TokenUsage | null
  /** What the provider bills besides tokens. Null or omitted for nothing. */
  readonly units?: readonly UsageUnit[] | null
  /** How the call ended. Defaults to `success`. */
  readonly status?: 'success' | 'failure' | 'rate_limited'
  /** HTTP status of the provider's response. */
  readonly statusCode?: number | null
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
