import type { Page, PageRequest, Period, Scope, Temporal, Transaction } from '@tollgate/kernel'
import type { Committed } from './model/committed.ts'
import type { Dimension } from './model/dimension.ts'
import type { RatedEvent, UsageEvent } from './model/event.ts'
import type { OrderMeasure, UsageMeasures } from './model/measures.ts'
import type { UsageFilter } from './model/usage-filter.ts'

/**
 * Work that must happen in the transaction that records events, such as consuming quotas. Called once per commit with
 * the accepted events, in the order of the batch; not called if none was accepted. Hooks run one after the other, with the same array. If one
 * rejects, nothing of the batch is recorded, and `commit` rejects with its error.
 */
export type AcceptedHook = (transaction: Transaction, accepted: readonly RatedEvent[]) => Promise<void>

/** A hook that has to read before it writes. */
export interface PreparedHook {
  /**
   * Called once per attempt with all events, before it is known which are accepted. Returns the hook for those. Its statements
   * are sent with those that claim keys, so they cost no round trip; they must not lock anything.
   */
  prepare(transaction: Transaction, events: readonly RatedEvent[]): Promise<AcceptedHook>
}

/** Work in the transaction that records events. */
export type CommitHook = AcceptedHook | PreparedHook

/**
 * Work in the transaction that records events which needs the outcome of every event, in the order of the batch. Called once
 * per commit, also if no event was accepted. Its statements are sent with those of the commit.
 */
export type OutcomeHook = (transaction: Transaction, outcomes: readonly Committed[]) => Promise<void>

/** Stores usage events and sums them. `describeUsageStore` is the contract of all adapters. */
export interface UsageStore {
  /**
   * Records a batch of events of any tenants in one transaction: each idempotency key once, rollups, commit hooks.
   * Resolves after the commit, with one outcome per event in the order of the batch. If a key repeats within the batch,
   * the first event wins. Of concurrent commits with the same key, exactly one records it. Rejects with
   * `StoreUnavailable` if the store cannot be reached and with `Overloaded` if it is busy; any other error may be caused
   * by an event of the batch.
   */
  commit(batch: readonly RatedEvent[], hooks?: readonly CommitHook[], onOutcomes?: OutcomeHook): Promise<readonly Committed[]>

  /**
   * Sums usage per bucket and group. Omits groups and buckets without usage. Sees everything that was committed before.
   * Ordered by bucket, then by `orderBy`, then by key. Reads in `transaction` if one is given, whose scope must include
   * `scope`: code inside a transaction must not wait for a second connection, because others may hold all of them.
   */
  measure(scope: Scope, query: MeasureQuery, transaction?: Transaction): Promise<readonly MeasuredGroup[]>

  /** Lists events by `occurredAt`, newest first; events of the same time by id, greatest first. */
  events(scope: Scope, query: EventsQuery): Promise<Page<UsageEvent>>

  /** Returns events by id, each once, in no particular order. Omits unknown ids and events outside the scope. */
  eventsById(scope: Scope, ids: readonly string[]): Promise<readonly UsageEvent[]>
}

/** Whether sums include corrections of costs, or only what was recorded with the events. */
export type CostBasis = 'corrected' | 'recorded'

/** What to sum. */
export interface MeasureQuery {
  /** In order, without overlap, in microseconds; they need not adjoin or lie on full hours. One for totals, many for a series. */
  readonly buckets: readonly Period[]
  readonly filter?: UsageFilter
  readonly by?: readonly Dimension[]
  /**
   * Order of the groups of a bucket, largest first; groups without latencies come last in the order of `latency_p95`.
   * Ties, and everything if omitted, are ordered by key: value by value, by code points (collation "C"), null last.
   */
  readonly orderBy?: OrderMeasure
  /** Maximum number of groups per bucket. */
  readonly limit?: number
  /**
   * Maximum number of groups in all buckets together, the largest by `orderBy` over all of them. All others are summed as one
   * group, whose key is empty and which comes last in its bucket. Not with `limit`, and not in the order of `latency_p95`.
   */
  readonly keep?: number
  /**
   * Also compute latencies, which cost more than sums. Defaults to false; `orderBy: 'latency_p95'` implies it. Every
   * store computes them with `summarizeLatency`, so that all return the same values and the same order.
   */
  readonly latency?: boolean
  /**
   * Also read what few calls have, which stores keep apart: rare token pools, units, and reasons of unpriced calls.
   * Defaults to true.
   */
  readonly details?: boolean
  /** Also count distinct customers, which costs more than sums. Without it, they are 0. Defaults to true. */
  readonly customers?: boolean
  /** Only groups that have unpriced calls, with all their calls. Defaults to false. */
  readonly unpricedOnly?: boolean
  /** Which costs and unpriced calls to sum. Defaults to `corrected`. */
  readonly costs?: CostBasis
}

/** The sums of one group in one bucket. */
export interface MeasuredGroup {
  /** Index of the bucket in the query. */
  readonly bucket: number
  /** A value for each dimension of `by`, in the same order. Empty for the sum of all groups that `keep` does not keep. */
  readonly key: readonly (string | null)[]
  /** Number of groups in all buckets together. Only with `keep`. */
  readonly groupCount?: number
  readonly measures: UsageMeasures
}

/** A page of events. There need not be an event at `after`. */
export interface EventsQuery extends PageRequest<EventPosition> {
  readonly range: Period
  readonly filter?: UsageFilter
}

/** The position of an event in the list of events. */
export interface EventPosition {
  readonly occurredAt: Temporal.Instant
  readonly id: string
}
