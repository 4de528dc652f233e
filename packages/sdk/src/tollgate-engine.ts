import type {
  QuotaAlertsSubscription,
  QuotaStatusQuery,
  UsageEventInput,
  UsageFilterInput,
  UsageQuery,
  WalletQuery,
  Dimension,
  Granularity,
  Measure,
  TrackOutcome,
  MetadataInput,
} from './model/operations.ts'
import type { EngineAmount, QuotaDecision } from './model/quota-decision.ts'

/**
 * What the client works with: the server, or the packages in the same process. Methods reject with `EngineFailure`; any other
 * error counts as `UNAVAILABLE`.
 */
export interface TollgateEngine {
  /** Records 1 to 1,000 events of one tenant, exactly once each. Returns their results in the same order. */
  track(events: readonly UsageEventInput[], options: EngineCall): Promise<readonly TrackResult[]>
  enforce(question: QuotaQuestion, options: EngineCall): Promise<QuotaDecision>
  /** The reservation is null if the amounts were refused. */
  reserve(question: QuotaQuestion & { readonly ttlSeconds: number }, options: EngineCall): Promise<ReserveResult>
  settle(id: string, actual: readonly EngineAmount[] | undefined, options: EngineCall): Promise<void>
  release(id: string, options: EngineCall): Promise<void>
  /** Returns when it expires now; null if it holds nothing. */
  extend(id: string, ttlSeconds: number, options: EngineCall): Promise<string | null>
  usage(query: UsageReportQuery, options: EngineCall): Promise<UsageReport>
  quotaStatus(options: EngineCall): Promise<QuotaStatus>
  /** Returns the wallet of the tenant or of a customer; null if there is none. */
  wallet(customerId: string | undefined, options: EngineCall): Promise<Wallet | null>
  /** Follows quota alerts after a cursor, or from now on. Ends, or rejects, when the connection is lost. */
  quotaAlerts(after: string | undefined, options: EngineCall): AsyncIterable<QuotaAlert>
  /** Difference of the server's clock to the one of this client. Undefined if unknown. */
  clockOffsetMs?(): number | undefined
}

/** How an engine is called. */
export interface EngineCall {
  readonly signal: AbortSignal
  /** The tenant, for operator keys. */
  readonly tenantId?: string | undefined
}

/** The result of one event. */
export interface TrackResult {
  readonly outcome: TrackOutcome
  readonly reason: string | null
  /** Fields of the event that are invalid. */
  readonly invalidFields?: readonly string[]
}

/** What a decision is about. */
export interface QuotaQuestion {
  readonly requests: readonly EngineAmount[]
  readonly metadata?: MetadataInput | undefined
  readonly provider?: string | undefined
  readonly model?: string | undefined
  readonly consume?: boolean | undefined
  /** With `consume`: makes the amounts count once. */
  readonly idempotencyKey?: string | undefined
}

/** Result of `reserve`. */
export interface ReserveResult {
  readonly reservation: { readonly id: string; readonly expiresAt: string } | null
  readonly decision: QuotaDecision
}

/** What to report. */
export interface UsageReportQuery {
  /** From inclusive to exclusive: times with an offset. */
  readonly range: { readonly from: string; readonly to: string }
  readonly filter?: UsageFilterInput | undefined
  /** Reports each bucket of time too. */
  readonly series?: { readonly granularity: Granularity; readonly timeZone?: string | undefined } | undefined
  /** Reports each combination of dimension values too. */
  readonly breakdown?: { readonly by: readonly Dimension[]; readonly orderBy?: Measure | undefined; readonly first?: number | undefined } | undefined
}

/** Reported usage. `series` and `breakdown` are there if the query has them. */
export type UsageReport = UsageQuery['usage']

/** The quotas of a tenant, and what is used of them. */
export type QuotaStatus = QuotaStatusQuery['quotaStatus']

/** Prepaid credits. */
export type Wallet = NonNullable<WalletQuery['wallet']>

/** A threshold of a quota was reached. */
export type QuotaAlert = QuotaAlertsSubscription['quotaAlerts']
