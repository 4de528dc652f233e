import type { Issue, Period, Scope, Temporal } from '@tollgate/kernel'
import type { Dimension } from './dimension.ts'
import type { UsageEvent, UsageEventDraft } from './event.ts'
import type { OrderMeasure, UsageMeasures } from './measures.ts'
import type { RejectedEvent, RejectedEventPage, RejectedEventsQuery } from './rejected-event-store.ts'
import type { CostBasis, EventPage, EventsQuery, UsageFilter } from './usage-store.ts'

/** What `track` answers for one event. */
export type TrackedEvent =
  | { readonly outcome: 'accepted' | 'duplicate' | 'conflict'; readonly idempotencyKey: string; readonly eventId: string; readonly reason: string | null }
  | { readonly outcome: 'rejected'; readonly idempotencyKey: string; readonly issues: readonly Issue[]; readonly reason: string }

/** How finely a series is cut, by the calendar of a zone. */
export type Granularity = 'hour' | 'day' | 'week' | 'month'

/** Metering: events in, sums out. */
export interface Usage {
  /**
   * Records 1 to 1,000 events of a tenant; answers after they are durable, one answer for each, in order.
   * Throws `InvalidInput` for a batch of another size and `Overloaded` when the queue is full; then nothing was taken.
   */
  track(request: { tenantId: string; events: readonly UsageEventDraft[] }): Promise<readonly TrackedEvent[]>

  /** Sums over a range. Nothing is read until one of the report's methods is called. Throws `InvalidInput` for the range and the filter. */
  report(scope: Scope, request: { range: Period; filter?: UsageFilter; costs?: CostBasis }): UsageReport

  /** Tenants with the most of a measure, largest first. */
  topConsumers(scope: Scope, request: { measure: OrderMeasure; range: Period; first: number; latency?: boolean }): Promise<readonly UsageGroup[]>

  /** Models in use that no price is known for, most calls first. */
  unpriced(scope: Scope, request: { range: Period; first: number }): Promise<readonly UsageGroup[]>

  events(scope: Scope, query: EventsQuery): Promise<EventPage>
  eventsById(scope: Scope, ids: readonly string[]): Promise<readonly UsageEvent[]>

  rejectedEvents(scope: Scope, query: RejectedEventsQuery): Promise<RejectedEventPage>
  /** Undefined where the scope does not see it. */
  rejectedEvent(scope: Scope, id: string): Promise<RejectedEvent | undefined>
  /**
   * Sends a refused event again, as it was or with another payload in its place. Where it is accepted, or was recorded
   * before, it is resolved. Undefined where the scope does not see it; throws `InvalidInput` where it is resolved already,
   * or where its payload was not kept and no other is given.
   */
  resendRejected(scope: Scope, request: { id: string; event?: UsageEventDraft }): Promise<TrackedEvent | undefined>

  /** Events waiting for a commit, and the most that may wait. */
  queue(): { waiting: number; limit: number }
  /** Takes no more events, and resolves when every event that was taken is durable. */
  stop(): Promise<void>
}

/** Sums over one range and filter. */
export interface UsageReport {
  totals(options?: { latency?: boolean }): Promise<UsageMeasures>
  /** One point for each calendar unit of the zone in the range, empty ones included; the first and last are cut by the range. */
  series(request: { granularity: Granularity; timeZone: string; latency?: boolean }): Promise<readonly UsagePoint[]>
  breakdown(request: { by: readonly Dimension[]; orderBy?: OrderMeasure; first: number; latency?: boolean }): Promise<readonly UsageGroup[]>
  /**
   * The breakdown of each of several periods of the range, in their order, in one read. They may adjoin and must not
   * overlap; `first` is of each. Throws `InvalidInput` for periods that cannot be, or more than 10,000.
   */
  breakdowns(request: {
    periods: readonly Period[]
    by: readonly Dimension[]
    orderBy?: OrderMeasure
    first: number
  }): Promise<readonly (readonly UsageGroup[])[]>
}

/** The sums of one calendar unit. */
export interface UsagePoint {
  readonly start: Temporal.Instant
  readonly measures: UsageMeasures
}

/** The sums of one combination of dimension values. */
export interface UsageGroup {
  readonly key: readonly { readonly dimension: Dimension; readonly value: string | null }[]
  readonly measures: UsageMeasures
}
