import type { Period, Scope, Temporal, Transaction } from '@tollgate/kernel'
import type { Dimension } from './dimension.ts'
import type { RatedEvent, UsageEvent, UsageStatus } from './event.ts'
import type { OrderMeasure, UsageMeasures } from './measures.ts'

/** What became of one event of a batch. `CONFLICT`: the key was used before, for another payload. */
export type CommitOutcome = 'accepted' | 'duplicate' | 'conflict'

/** One event's outcome, with the event that the key stands for: for a duplicate or a conflict, the first one. */
export interface Committed {
  readonly outcome: CommitOutcome
  readonly eventId: string
  /** Of the event that the key stands for: with the id, it is found again. */
  readonly occurredAt: Temporal.Instant
}

/**
 * Something that follows from accepted events and must be in their transaction: quotas consumed, credits debited.
 * Called once a commit, with what was accepted only; if it rejects, nothing of the batch is recorded.
 */
export type IngestConsequence = (transaction: Transaction, accepted: readonly RatedEvent[]) => Promise<void>

/** Keeps usage events and answers what they add up to. Written once for all adapters by its contract suite. */
export interface UsageStore {
  /**
   * Records a batch of any tenants, all of it in one transaction: events exactly once by idempotency key, rollups,
   * consequences. Resolves after the commit, in the order of the batch. Keys may repeat in the batch: the first wins.
   */
  commit(batch: readonly RatedEvent[], consequences?: readonly IngestConsequence[]): Promise<readonly Committed[]>

  /** What usage adds up to, per bucket and group. Groups without usage are left out; so are buckets. */
  measure(scope: Scope, query: MeasureQuery): Promise<readonly MeasuredGroup[]>

  /** Events in the order of `occurredAt`, newest first, ids breaking ties. */
  events(scope: Scope, query: EventsQuery): Promise<EventPage>

  /** Events by id; those that the scope does not see are left out. */
  eventsById(scope: Scope, ids: readonly string[]): Promise<readonly UsageEvent[]>
}

/** Which events are meant. A list means "any of these"; an empty list means none; left out means all. */
export interface UsageFilter {
  readonly providers?: readonly string[]
  readonly models?: readonly string[]
  readonly operations?: readonly string[]
  readonly statuses?: readonly UsageStatus[]
  readonly customers?: readonly string[]
  readonly organizations?: readonly string[]
  readonly products?: readonly string[]
  readonly features?: readonly string[]
  readonly tiers?: readonly string[]
  readonly environments?: readonly string[]
  readonly taskTypes?: readonly string[]
}

/** A question about sums. */
export interface MeasureQuery {
  /** Adjoining or not, never overlapping, in order. One for totals, many for a series. Any instants, not just full hours. */
  readonly buckets: readonly Period[]
  readonly filter?: UsageFilter
  readonly by?: readonly Dimension[]
  /** Largest first; ties in the order of the key. */
  readonly orderBy?: OrderMeasure
  /** Groups at the most, after ordering. */
  readonly limit?: number
  /** Percentiles cost more than sums: asked for only when they are read. */
  readonly latency?: boolean
  /** Only groups that have calls without a price. */
  readonly unpricedOnly?: boolean
}

/** The sums of one group in one bucket. */
export interface MeasuredGroup {
  /** Position of the bucket in the query. */
  readonly bucket: number
  /** A value for each dimension of `by`, in its order. */
  readonly key: readonly (string | null)[]
  readonly measures: UsageMeasures
}

/** A page of events. */
export interface EventsQuery {
  readonly range: Period
  readonly filter?: UsageFilter
  readonly first: number
  /** Continues behind this event. */
  readonly after?: EventPosition
}

/** Where an event stands in the order of events. */
export interface EventPosition {
  readonly occurredAt: Temporal.Instant
  readonly id: string
}

/** Events, and whether there are more behind them. */
export interface EventPage {
  readonly events: readonly UsageEvent[]
  readonly hasMore: boolean
}

/** An event that was refused, kept so that it can be looked at and sent again. */
export interface RejectedEvent {
  readonly id: string
  readonly tenantId: string
  readonly idempotencyKey: string | null
  /** What was wrong, field by field. */
  readonly reason: string
  /** As it was sent, in JSON; null where it was too large to keep. */
  readonly payload: unknown
  readonly rejectedAt: Temporal.Instant
  /** How often the same was sent and refused. */
  readonly attempts: number
  /** When it was sent again and taken; null until then. */
  readonly resolvedAt: Temporal.Instant | null
}

/** Keeps refused events: the dead-letter list. */
export interface RejectedEventStore {
  /** Adds them; the same payload refused again counts up `attempts` of the one that is there. */
  add(rejected: readonly Omit<RejectedEvent, 'attempts' | 'resolvedAt'>[]): Promise<void>
  /** Newest first. */
  list(scope: Scope, query: { first: number; after?: string; includeResolved?: boolean }): Promise<{ rejected: readonly RejectedEvent[]; hasMore: boolean }>
  byId(scope: Scope, id: string): Promise<RejectedEvent | undefined>
  resolve(scope: Scope, id: string, at: Temporal.Instant): Promise<void>
}

/** Holds the rollups against the events they were made from. */
export interface RollupMaintenance {
  /** Compares day by day (UTC), each in one snapshot; does not stop writers. */
  verify(range: Period, onProgress?: (progress: MaintenanceProgress) => void): Promise<readonly RollupDifference[]>
  /** Makes the rollups anew from the events, day by day; writers wait for the day in hand. */
  rebuild(range: Period, onProgress?: (progress: MaintenanceProgress) => void): Promise<void>
  /** The first and last day that have events; undefined where there are none. */
  extent(): Promise<Period | undefined>
}

/** How far a rebuild or a verification is. */
export interface MaintenanceProgress {
  readonly daysDone: number
  readonly daysTotal: number
}

/** One rollup row that is not what the events say. */
export interface RollupDifference {
  readonly table: 'rollups_hourly' | 'rollups_daily'
  readonly bucketStart: Temporal.Instant
  readonly tenantId: string
  readonly dimensionSetId: string
  readonly measure: string
  readonly expected: string
  readonly actual: string
}

