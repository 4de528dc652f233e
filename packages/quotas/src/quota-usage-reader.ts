import type { Decimal, Scope } from '@tollgate/kernel'
import type { ScopedReading } from './model/counters/counter-reading.ts'

/** Reads the usage of quotas, for people and reports. Decisions do not depend on it. */
export interface QuotaUsageReader {
  /** Returns the counters of a limit key in one window, the most used first. May omit counters that have counted nothing. */
  readLimitUsage(query: LimitUsageQuery): Promise<readonly ScopedReading[]>
  /** Returns counters of several limit keys, in the order given and then in a fixed order of scope values. Omits counters that have counted nothing. */
  readUsage(query: UsageQuery): Promise<readonly LimitReading[]>
  /** Returns counters of current windows that are near their limit, the fullest first. */
  readNearLimits(scope: Scope, query: NearLimitsQuery): Promise<readonly NearLimitReading[]>
  /** Returns the usage of a limit key in windows that have ended, the latest window first, then by descending scope value. */
  readHistory(query: HistoryQuery): Promise<readonly PastReading[]>
}

/** Counters that have used less of their limit than this cannot be found by how full they are. */
export const MIN_NEAR_LIMIT_PERCENT = 50

/** A limit key of a tenant in one window. */
export interface LimitUsageQuery {
  readonly tenantId: string
  readonly limitKey: string
  readonly fromMs: number
  readonly nowMs: number
  readonly first: number
}

/** A page of the counters of several limit keys of a tenant, each in one window. */
export interface UsageQuery {
  readonly tenantId: string
  readonly nowMs: number
  readonly limitKeys: readonly {
    readonly limitKey: string
    readonly fromMs: number
    /** Only counters that used at least this, and something. Null: all. */
    readonly minUsed: Decimal | null
    /** Only scope values after this one. Null: all. */
    readonly after: string | null
  }[]
  readonly first: number
}

/** A reading of a counter of a limit key. */
export interface LimitReading extends ScopedReading {
  readonly limitKey: string
}

/** A page of the counters that are near their limits, or over them. */
export interface NearLimitsQuery {
  readonly nowMs: number
  /** Percentage of the limit at the counter's last use. At least `MIN_NEAR_LIMIT_PERCENT`. */
  readonly minPercent: Decimal
  /** Only counters above their limit. */
  readonly exceeded: boolean
  readonly after: FullnessCursor | null
  readonly first: number
}

/** A position in the order of counters by how full they are. */
export interface FullnessCursor {
  /** Used percentage of the limit, as the store wrote it. `Infinity` for a limit of 0. */
  readonly fullness: string
  /** Distinguishes counters that are equally full. */
  readonly counter: string
}

/** A reading of a counter that is near its limit. */
export interface NearLimitReading extends LimitReading {
  readonly tenantId: string
  readonly fromMs: number
  /** Current revision of the tenant's policies. */
  readonly revision: string
  readonly at: FullnessCursor
}

/** A page of the past windows of a limit key. */
export interface HistoryQuery {
  readonly tenantId: string
  readonly limitKey: string
  /** Null: all values. */
  readonly scopeValue: string | null
  /** The customer that the value names. The store then reads with the scope of this customer. */
  readonly customerId?: string | undefined
  readonly nowMs: number
  readonly before: { readonly fromMs: number; readonly scopeValue: string } | null
  readonly first: number
}

/** The usage in a window that has ended. */
export interface PastReading {
  readonly scopeValue: string
  readonly fromMs: number
  readonly toMs: number
  readonly used: Decimal
  /** The limit at the last use. Null: unlimited. */
  readonly limit: Decimal | null
}
