import type { Page, PageRequest, Period, Scope, Temporal } from '@tollgate/kernel'
import type { ChargedEvent } from './model/usage/charged-event.ts'
import type { UsageFilter } from './model/usage/usage-filter.ts'
import type { UsageTotals } from './model/usage/usage-totals.ts'

/** Events of a tenant in a range. */
export interface EventSelection {
  readonly tenantId: string
  readonly range: Period
  readonly filter?: UsageFilter | undefined
}

/** Position of an event in the order of events. An event need not exist there. */
export interface EventPosition {
  readonly occurredAt: Temporal.Instant
  readonly id: string
}

/** Which sums to read. */
export interface UsageSumsQuery extends EventSelection {
  /** Periods of the range, in order. They may adjoin, and do not overlap. */
  readonly periods: readonly Period[]
  /** Dimensions to group by. */
  readonly by: readonly string[]
  /** Maximum number of groups in each period. */
  readonly first: number
}

/** Sums of one group of events. */
export interface UsageSum extends UsageTotals {
  /** Values of the dimensions in `by`, in that order. Null for events without a value. */
  readonly key: readonly (string | null)[]
}

/** Reads the usage that is charged. Implement it over the store that records usage. */
export interface ChargedUsageReader {
  /** Returns an event with its latest rating. Undefined if the scope does not see it. */
  event(scope: Scope, id: string): Promise<ChargedEvent | undefined>
  /** Returns events as recorded, latest first; at the same time, highest id first. */
  events(query: EventSelection & PageRequest<EventPosition>): Promise<Page<ChargedEvent>>
  countEvents(selection: EventSelection): Promise<number>
  /** Returns the sums of each period, in the order of `periods`, with the latest rating of each event. Groups are in order of cost, highest first. */
  sums(query: UsageSumsQuery): Promise<readonly (readonly UsageSum[])[]>
}
