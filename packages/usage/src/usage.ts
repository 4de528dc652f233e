import type { Page, Period, Scope, Temporal } from '@tollgate/kernel'
import type { Dimension } from './model/dimension.ts'
import type { UsageEvent, UsageEventDraft } from './model/event.ts'
import type { OrderMeasure, UsageMeasures } from './model/measures.ts'
import type { RangeInput } from '@tollgate/kernel/input'
import type { RejectedEvent } from './model/rejected-event.ts'
import type { TrackedEvent } from './model/tracked-event.ts'
import type { FilterInput } from './model/usage-filter.ts'
import type { RejectedEventsQuery } from './rejected-event-store.ts'
import type { CostBasis, EventsQuery } from './usage-store.ts'

/** The calendar unit of a series. */
export type Granularity = 'hour' | 'day' | 'week' | 'month'

/** Metering: records usage events and reports on them. */
export interface Usage {
  /**
   * Records 1 to 1,000 events of a tenant. Resolves when they are durable, with one result per event, in order. Throws
   * `InvalidInput` for a batch of another size and `Overloaded` if the queue is full; then nothing is recorded. The call is
   * counted for `caller`, such as the id of an API key.
   */
  track(request: { tenantId: string; events: readonly UsageEventDraft[]; caller?: string | null }): Promise<readonly TrackedEvent[]>

  /** Returns a report over a range, which reads nothing until one of its methods is called. Throws `InvalidInput` for the range or the filter. */
  report(scope: Scope, request: { range: RangeInput; filter?: FilterInput; costs?: CostBasis }): UsageReport

  /** Returns the tenants with the largest value of a measure, largest first. */
  topConsumers(scope: Scope, request: { measure: OrderMeasure; range: RangeInput; first: number } & MeasureOptions): Promise<readonly UsageGroup[]>

  /** Returns the models that have unpriced calls, by number of calls, most first. */
  unpriced(scope: Scope, request: { range: RangeInput; first: number }): Promise<readonly UsageGroup[]>

  events(scope: Scope, query: Omit<EventsQuery, 'range'> & { readonly range: RangeInput }): Promise<Page<UsageEvent>>
  eventsById(scope: Scope, ids: readonly string[]): Promise<readonly UsageEvent[]>

  rejectedEvents(scope: Scope, query: RejectedEventsQuery): Promise<Page<RejectedEvent>>
  /** Returns undefined if the scope does not include it. */
  rejectedEvent(scope: Scope, id: string): Promise<RejectedEvent | undefined>
  /**
   * Sends a rejected event again, unchanged or replaced by `event`. The entry is resolved if the event is accepted or was
   * recorded before. Returns undefined if the scope does not include the entry. Throws `InvalidInput` if the entry is
   * resolved already, or its payload was not stored and no replacement is given.
   */
  resendRejected(scope: Scope, request: { id: string; event?: UsageEventDraft }): Promise<TrackedEvent | undefined>

  /** Returns the number of events that wait for a commit, and the maximum. */
  queue(): { waiting: number; limit: number }
  /** Stops accepting events. Resolves when all accepted events are durable. */
  stop(): Promise<void>
}

/** What to read besides plain sums. */
export interface MeasureOptions {
  /** Latencies, which cost more than sums. Defaults to false. */
  readonly latency?: boolean
  /** Rare token pools, units, and reasons of unpriced calls. Defaults to true. */
  readonly details?: boolean
  /** Distinct customers, which cost more than sums; 0 without it. Defaults to true. */
  readonly customers?: boolean
}

/** Sums over one range and filter. */
export interface UsageReport {
  totals(options?: MeasureOptions): Promise<UsageMeasures>
  /** Returns one point per calendar unit of the time zone, including empty ones. The range cuts the first and the last. */
  series(request: { granularity: Granularity; timeZone: string } & MeasureOptions): Promise<readonly UsagePoint[]>
  breakdown(request: { by: readonly Dimension[]; orderBy?: OrderMeasure; first: number } & MeasureOptions): Promise<readonly UsageGroup[]>
  /** Returns the largest groups, and all others as one. Throws `InvalidInput` for the order of `latency_p95`. */
  groups(request: { by: readonly Dimension[]; orderBy?: OrderMeasure; first: number } & MeasureOptions): Promise<UsageGroups>
  /** Returns a series for each of the largest groups of the range, and one for all others, each with every calendar unit. */
  groupedSeries(
    request: { granularity: Granularity; timeZone: string; by: readonly Dimension[]; orderBy?: OrderMeasure; first: number } & MeasureOptions,
  ): Promise<UsageGroupedSeries>
  /**
   * Returns the breakdown of each of several periods of the range, in one read. Periods must be in order and must not
   * overlap; `first` applies to each. Throws `InvalidInput` for invalid periods or more than 10,000.
   */
  breakdowns(
    request: { periods: readonly Period[]; by: readonly Dimension[]; orderBy?: OrderMeasure; first: number } & Pick<MeasureOptions, 'customers'>,
  ): Promise<readonly (readonly UsageGroup[])[]>
}

/** The largest groups, and all others as one. */
export interface UsageGroups {
  readonly groups: readonly UsageGroup[]
  /** All other groups together. Null if there are none. */
  readonly other: UsageMeasures | null
  /** Number of groups, with those in `other`. */
  readonly groupCount: number
}

/** A series for each of the largest groups, and one for all others. */
export interface UsageGroupedSeries {
  readonly series: readonly { readonly key: UsageGroup['key']; readonly points: readonly UsagePoint[] }[]
  /** All other groups together. Null if there are none. */
  readonly other: readonly UsagePoint[] | null
  readonly groupCount: number
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
