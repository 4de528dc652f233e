import type { Period, Scope, Temporal, Transaction } from '@tollgate/kernel'
import type { Dimension } from './dimension.ts'
import type { RatedEvent, UsageEvent, UsageStatus } from './event.ts'
import type { OrderMeasure, UsageMeasures } from './measures.ts'

/**
 * What became of one event of a batch, by its key in its tenant; two tenants' keys have nothing to do with each other.
 * - `accepted`: the key is new, and the event is recorded.
 * - `duplicate`: the key was used before, for the same payload (`payloadHash`). Nothing is recorded.
 * - `conflict`: the key was used before for another payload; or for the same, but both the first and the repeat sent
 *   an `occurredAt` (`occurredAtSent`) and these differ. Nothing is recorded. Leaving `occurredAt` out never conflicts.
 */
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
 * Called once a commit, with what was accepted only, in the order of the batch; not called where nothing was. One after
 * the other, in their order. If one rejects, nothing of the batch is recorded and `commit` rejects with its error.
 */
export type IngestConsequence = (transaction: Transaction, accepted: readonly RatedEvent[]) => Promise<void>

/** Keeps usage events and answers what they add up to. Written once for all adapters by its contract suite. */
export interface UsageStore {
  /**
   * Records a batch of any tenants, all of it in one transaction: events exactly once by idempotency key, rollups,
   * consequences. Resolves after the commit, in the order of the batch. Keys may repeat in the batch: the first wins,
   * and the others are held against it as if it had been recorded before. Of concurrent commits with the same key,
   * exactly one records it; the others see that one. Rejects with `StoreUnavailable` where the failure is the store's
   * and not the batch's: no connection, or shutting down; any other error may be due to some event of the batch.
   */
  commit(batch: readonly RatedEvent[], consequences?: readonly IngestConsequence[]): Promise<readonly Committed[]>

  /**
   * What usage adds up to, per bucket and group. Groups without usage are left out; so are buckets. Sees everything
   * that was committed before. In the order of the buckets; in each, by `orderBy`, then by key. Read through a
   * transaction, where one is handed in, whose scope must include this one: whoever is in one must not wait for a second
   * connection, which others in its place may be holding.
   */
  measure(scope: Scope, query: MeasureQuery, transaction?: Transaction): Promise<readonly MeasuredGroup[]>

  /** Events in the order of `occurredAt`, newest first; at the same time, the greater id first. */
  events(scope: Scope, query: EventsQuery): Promise<EventPage>

  /** Events by id, each once, in no particular order. Unknown ids, and those that the scope does not see, are left out. */
  eventsById(scope: Scope, ids: readonly string[]): Promise<readonly UsageEvent[]>
}

/**
 * Which events are meant. A list means "any of these"; an empty list means none; left out means all. An event without
 * a value in a dimension is in no list of it.
 */
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

/** Whether costs count as they were corrected after the fact, or as they were recorded with the events. */
export type CostBasis = 'corrected' | 'recorded'

/** A question about sums. */
export interface MeasureQuery {
  /**
   * Adjoining or not, never overlapping, in order. One for totals, many for a series. Any instants, not just full
   * hours, in whole microseconds (as events are).
   */
  readonly buckets: readonly Period[]
  readonly filter?: UsageFilter
  readonly by?: readonly Dimension[]
  /**
   * Largest first; ties, and everything where it is left out, in the order of the key: value by value, by code points
   * (collation "C"), null last. Groups without latencies come last in the order of `latency_p95`.
   */
  readonly orderBy?: OrderMeasure
  /** Groups in a bucket at the most, after ordering. */
  readonly limit?: number
  /**
   * Percentiles cost more than sums: asked for only when they are read. Ordering by `latency_p95` asks for them too.
   * They are what `summarizeLatency` makes of the bins, so that every store gives the same ones and the same order.
   */
  readonly latency?: boolean
  /** Only groups that have calls without a price, with all their calls. */
  readonly unpricedOnly?: boolean
  /** Which costs, and which calls without a price: with every correction made since, which is the default, or as first recorded. */
  readonly costs?: CostBasis
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
  /** Continues behind this place in the order; there need not be an event at it. */
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
