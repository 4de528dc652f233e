import type { Decimal, Temporal } from '@tollgate/kernel'
import type { Metadata, MetadataDraft } from '@tollgate/metadata'
import type { TokenUsage, TokenUsageInput } from '@tollgate/tokens'

/** How the thing that was done ended. */
export type UsageStatus = 'success' | 'failure' | 'rate_limited'

/**
 * What is known of an event's cost: rated by the catalogue; not, because no price is known; taken from the provider's
 * own figure, because no price is known; or nothing to rate (no model was used).
 */
export type PricingState = 'priced' | 'unpriced' | 'reported' | 'not_applicable'

type Optional<Value> = Value | null | undefined

/** A usage event as a client sends it, not yet checked. */
export interface UsageEventDraft {
  /** Unique in the tenant; made by the server where it is left out. */
  readonly idempotencyKey?: Optional<string>
  /** When it happened; receipt time where it is left out. */
  readonly occurredAt?: Optional<Temporal.Instant>
  readonly operation: string
  readonly status?: Optional<UsageStatus>
  readonly provider?: Optional<string>
  readonly model?: Optional<string>
  readonly tokens?: Optional<TokenUsageInput>
  /** How the provider served it, where it charges differently for it: "batch", "flex", "priority". Standard where it is left out. */
  readonly serviceTier?: Optional<string>
  /** Units of a compute operation. */
  readonly quantity?: Optional<Decimal>
  /** USD, where the provider says what it cost. */
  readonly reportedCost?: Optional<Decimal>
  readonly latencyMs?: Optional<number>
  readonly statusCode?: Optional<number>
  readonly errorMessage?: Optional<string>
  readonly metadata?: Optional<MetadataDraft>
  readonly reservationId?: Optional<string>
}

/** An event that may be recorded: every field is within its limits. */
export interface CheckedEvent {
  /** UUIDv7 whose time is `occurredAt`, so that an id leads to its partition. */
  readonly id: string
  readonly tenantId: string
  readonly idempotencyKey: string
  /** SHA-256 of what the client sent, without `occurredAt`; hexadecimal. */
  readonly payloadHash: string
  /** Whether `occurredAt` is the client's: a repeat conflicts only with a time that was sent. */
  readonly occurredAtSent: boolean
  /** To the microsecond. */
  readonly occurredAt: Temporal.Instant
  readonly recordedAt: Temporal.Instant
  readonly operation: string
  readonly status: UsageStatus
  readonly provider: string | null
  readonly model: string | null
  readonly tokens: TokenUsage | null
  readonly quantity: Decimal | null
  readonly reportedCost: Decimal | null
  readonly latencyMs: number | null
  readonly statusCode: number | null
  readonly errorMessage: string | null
  readonly metadata: Metadata
  readonly reservationId: string | null
  /** As it was sent; null is standard. Prices are by it, sums are not. */
  readonly serviceTier: string | null
}

/** What of an event its cost can depend on. */
export type RateableEvent = Pick<
  CheckedEvent,
  'id' | 'tenantId' | 'occurredAt' | 'operation' | 'status' | 'provider' | 'model' | 'tokens' | 'quantity' | 'reportedCost' | 'serviceTier'
>

/** What an event costs, decided once, at the price of its own time. */
export interface Rating {
  readonly state: PricingState
  /** USD; null exactly where the state is `unpriced` or `not_applicable`. */
  readonly cost: Decimal | null
  readonly priceId: string | null
}

/** An event ready to be committed. */
export interface RatedEvent extends CheckedEvent {
  readonly rating: Rating
}

/** A recorded event, as it is read back. */
export type UsageEvent = Omit<RatedEvent, 'payloadHash' | 'occurredAtSent'>
