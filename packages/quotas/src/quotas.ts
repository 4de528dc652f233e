import type { Decimal, Scope, Temporal, Transaction } from '@tollgate/kernel'
import type { QuotaAlert } from './alerts/alert.ts'
import type { Refusal } from './decisions/demand.ts'
import type { QuotaMetric } from './policies/metric.ts'
import type { PlanDraft, QuotaPlan } from './policies/plan.ts'
import type { FailureMode, QuotaPolicy } from './policies/policy.ts'
import type { Amount, PolicyDraft } from './policies/policy-draft.ts'
import type { DimensionValues } from './policies/quota-dimension.ts'
import type { QuotaOverride } from './policies/policy-book.ts'
import type { AlertsQuery } from './quota-store.ts'
import type { ReservationState, ReservedAmount } from './reservations/reservation.ts'
import type { LimitKeyParts } from './policies/limit-key.ts'
import type { CursorPage } from './views/cursor-page.ts'
import type { TenantProfile } from './policies/tenant-policies.ts'

/** Limits, who used how much of them, and who may use more. */
export interface Quotas {
  /**
   * Whether all amounts fit under all policies that apply, at this moment. Takes nothing, so that others may take it
   * meanwhile; with `consume: true` takes all of it, or nothing, at once. Throws `InvalidInput`.
   */
  enforce(input: EnforceInput): Promise<QuotaDecision>
  /** Holds all amounts until they are settled or released, or the time is over; or nothing. */
  reserve(input: ReserveInput): Promise<ReserveDecision>
  /**
   * Gives back what the reservation holds and counts what was really used, more or less, in the windows of the time when
   * it was made; without `actual`, as much as was reserved. Usage is a fact: it is counted also where the reservation
   * has expired, and where it does not fit. The same settlement again counts nothing. Throws `ReservationNotFound`, and
   * `ReservationClosed` after a release.
   */
  settle(input: SettleInput): Promise<void>
  /** Gives back what the reservation holds: nothing was used. Again, it does nothing. Throws `ReservationNotFound`, and `ReservationClosed` after a settlement. */
  release(input: ReservationInput): Promise<void>
  /** The heartbeat of long work: holds until `ttlSeconds` from now. Throws `ReservationNotFound`, and `ReservationClosed`, also where it has expired. */
  extend(input: ReservationInput & { readonly ttlSeconds: number }): Promise<{ readonly expiresAt: Temporal.Instant }>
  /** How reservations are now, in no particular order; 1,000 at the most. Unknown ids, and those that the scope does not see, are left out. */
  reservations(scope: Scope, ids: readonly string[]): Promise<readonly ReservationDetails[]>
  /** Counts usage that happened, whether or not anyone asked, in the windows of its own time; settles a reservation with it. */
  consume(usage: ConsumeInput): Promise<void>
  /** The same for many, in the transaction that records them. It stands or falls with it. Call it once a transaction, and last. */
  consumeIn(transaction: Transaction, usages: readonly ConsumeInput[]): Promise<void>

  /** All quotas of a tenant, now. */
  status(input: StatusInput): Promise<QuotaStatus>
  /**
   * How a tenant's quotas stand now, value by value, in pages: by limit key, then by scope value, so that what is counted
   * meanwhile moves nothing. What has counted nothing is left out.
   */
  usage(input: QuotaUsageInput): Promise<CursorPage<QuotaUsage>>
  /**
   * Quotas of all tenants in the scope that are near their limits now, or over them, the fullest first. Found by the limit that each was
   * last used under, and told by the policy that holds now: where a limit was lowered, it is found at the next use.
   */
  nearLimits(scope: Scope, input?: NearLimitsInput): Promise<CursorPage<TenantQuotaUsage>>
  /** What was used in windows that have ended, the latest first. Fixed windows only: sliding ones never end. */
  history(input: HistoryInput): Promise<CursorPage<PastWindow>>
  /** Gives a tenant a policy of its own, in place of its plan's for the same metric, operation, window and scope, or beside them. What was not counted before opens with what `recordedUsage` says. */
  setQuota(input: SetQuotaInput): Promise<QuotaOverride>
  /** Lets the plan's policy for that metric, operation, window and scope hold again. */
  clearQuota(input: ClearQuotaInput): Promise<QuotaOverride>
  /** What was ever set for a tenant, and taken back; the latest first. */
  overrides(input: OverridesInput): Promise<CursorPage<QuotaOverride>>
  /** Every plan that tenants can have: those of the program, and those that were published, in the order of names. */
  plans(): Promise<readonly QuotaPlan[]>
  /** Publishes a plan, in place of the one of that name. */
  publishPlan(input: PlanDraft & { readonly setBy?: string | null | undefined }): Promise<QuotaPlan>
  /**
   * Says that a tenant has another plan, zone or billing day: to be called whenever `tenants` would answer otherwise, in
   * the transaction that changes it, where there is one. Every decision that begins afterwards, in any process, asks
   * `tenants` again. What was used stays used; in another zone, windows begin at other times, and anew. `before`, what
   * `tenants` said until now, spares reading what counters have counted all along.
   */
  tenantChanged(tenantId: string, transaction?: Transaction, before?: TenantProfile): Promise<void>
  /** Threshold crossings behind a cursor, in the order in which they became visible; at most 1,000. */
  alerts(scope: Scope, query: AlertsQuery): Promise<readonly QuotaAlert[]>
  /** The cursor of the last alert that is visible, of any tenant; "0" where there is none. Alerts from now on are behind it. */
  lastAlertCursor(): Promise<string>
  /**
   * Cleans up what has expired, and what is older than it is kept, at most 1,000 of each kind; answers how many. To be
   * called every minute or so, and again at once where it was many.
   */
  sweep(): Promise<number>
  /** Gives back the headroom that this process leased, and leases no more; all else goes on. To be called before the process ends. */
  stop(): Promise<void>
}

/** An amount of a metric that is asked for, or was used. */
export interface QuotaRequest {
  readonly metric: QuotaMetric
  /** 0 or more, in units of the metric (USD for cost); null where it is unknown, as the cost of a model without a price. */
  readonly amount: Amount | null
  readonly operation?: string | null | undefined
}

/** What is asked for, and for whom. 1 to 20 requests, decided together. */
export interface QuotaQuestion {
  readonly tenantId: string
  readonly requests: readonly QuotaRequest[]
  readonly dimensions?: DimensionValues | undefined
}

/** A question for now. */
export interface EnforceInput extends QuotaQuestion {
  /** Takes the amounts: for what no usage event will report. */
  readonly consume?: boolean | undefined
}

/** A question for as long as the work takes. */
export interface ReserveInput extends QuotaQuestion {
  /** 1 to 3,600; 60 where it is left out. */
  readonly ttlSeconds?: number | undefined
}

/** A reservation to do something with. */
export interface ReservationInput {
  readonly reservationId: string
  /** Whose reservations the caller may touch; every tenant's where it is left out. */
  readonly scope?: Scope | undefined
}

/** A reservation, as it is now. */
export interface ReservationDetails {
  readonly id: string
  readonly tenantId: string
  readonly state: ReservationState
  /** What is, or was, held. */
  readonly requests: readonly ReservedAmount[]
  readonly dimensions: DimensionValues
  readonly madeAt: Temporal.Instant
  /** Until when it holds, or would have. */
  readonly expiresAt: Temporal.Instant
}

/** What was really used. */
export interface SettleInput extends ReservationInput {
  readonly actual?: readonly QuotaRequest[] | undefined
}

/** Usage that happened. */
export interface ConsumeInput extends QuotaQuestion {
  /** When; now where it is left out. */
  readonly at?: Temporal.Instant | undefined
  readonly reservationId?: string | null | undefined
}

/** The answer to all requests of a question. */
export interface QuotaDecision {
  readonly allowed: boolean
  /** The store did not answer: the policies' `storeFailure` decided, and nothing was counted. */
  readonly degraded: boolean
  /** One for each request, in their order. Worked out when it is read: name it, a spread may leave it out. */
  readonly results: readonly QuotaResult[]
}

/** The answer, and what is held. */
export type ReserveDecision =
  | (QuotaDecision & { readonly allowed: true; readonly reservation: ReservationDetails })
  | (QuotaDecision & { readonly allowed: false; readonly reservation: null })

/** The answer to one request: that of the policy that refuses it or, where none does, leaves least. */
export interface QuotaResult extends Omit<QuotaCheck, 'policy' | 'resetsAt'> {
  readonly metric: QuotaMetric
  readonly operation: string | null
  /** Null: no policy is for this metric; the plan's `unlisted` decided. */
  readonly policy: QuotaPolicy | null
  readonly resetsAt: Temporal.Instant | null
  /** Every policy that applies. */
  readonly checks: readonly QuotaCheck[]
}

/** The answer of one policy to one request. */
export interface QuotaCheck {
  readonly policy: QuotaPolicy
  /** One for each dimension of the policy's scope. */
  readonly scopeValue: readonly (string | null)[]
  readonly allowed: boolean
  readonly refusal: Refusal | null
  /** Null is unlimited. */
  readonly limit: Decimal | null
  /** After the decision, as are the others; null where the store does not answer, or nothing is counted. */
  readonly used: Decimal | null
  readonly reserved: Decimal | null
  /** Of the limit, never below 0; null is unlimited, or unknown. */
  readonly remaining: Decimal | null
  readonly resetsAt: Temporal.Instant
  /** When the same may fit: null where it was not refused, or never fits. */
  readonly retryAfterMs: number | null
}

/** Whose quotas to show. */
export interface StatusInput {
  readonly tenantId: string
  /** Scope values of each scoped policy at the most, the most used first; 100 where it is left out, 1,000 at the most. */
  readonly first?: number | undefined
}

/** All quotas of a tenant at one moment. */
export interface QuotaStatus {
  readonly plan: string
  /** What becomes of metrics without a policy. */
  readonly unlisted: FailureMode
  /** Whether any quota is used up and over: used is above its limit. */
  readonly anyExceeded: boolean
  readonly quotas: readonly QuotaUsage[]
}

/** Which of a tenant's quotas to show. */
export interface QuotaUsageInput {
  readonly tenantId: string
  /** Of one limit key only. */
  readonly limitKey?: LimitKeyParts | undefined
  /** Only what used so much of its limit. */
  readonly atLeastPercent?: Amount | undefined
  /** 100 where it is left out, 1,000 at the most. */
  readonly first?: number | undefined
  /** A cursor of the page before. */
  readonly after?: string | undefined
}

/** Which quotas of all tenants to show. */
export interface NearLimitsInput {
  /** 80 where it is left out, 50 at least. */
  readonly atLeastPercent?: Amount | undefined
  /** Only those that are over their limits. */
  readonly exceeded?: boolean | undefined
  /** 100 where it is left out, 1,000 at the most. */
  readonly first?: number | undefined
  /** A cursor of the page before. */
  readonly after?: string | undefined
}

/** Whose past windows to show. */
export interface HistoryInput extends LimitKeyParts {
  readonly tenantId: string
  /** One for each dimension of the scope; left out: all values. */
  readonly scopeValue?: readonly (string | null)[] | undefined
  /** 100 where it is left out, 1,000 at the most. */
  readonly first?: number | undefined
  /** A cursor of the page before. */
  readonly after?: string | undefined
}

/** What was used in one window that has ended. */
export interface PastWindow {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly scopeValue: readonly (string | null)[]
  readonly used: Decimal
  /** That it was last used under; null: unlimited. */
  readonly limit: Decimal | null
  /** As in `QuotaUsage`. */
  readonly percentage: Decimal | null
  readonly exceeded: boolean
}

/** One quota of one of many tenants. */
export interface TenantQuotaUsage extends QuotaUsage {
  readonly tenantId: string
}

/** How one quota stands. */
export interface QuotaUsage {
  readonly policy: QuotaPolicy
  readonly scopeValue: readonly (string | null)[]
  readonly limit: Decimal | null
  readonly used: Decimal
  readonly reserved: Decimal
  readonly remaining: Decimal | null
  /** Used of the limit, in percent, rounded down to two digits; null where it is unlimited or 0. */
  readonly percentage: Decimal | null
  readonly exceeded: boolean
  readonly resetsAt: Temporal.Instant
}

/** A policy for one tenant. */
export interface SetQuotaInput extends PolicyDraft {
  readonly tenantId: string
  readonly setBy?: string | null | undefined
}

/** Whose overrides to show. */
export interface OverridesInput {
  readonly tenantId: string
  /** 100 where it is left out, 1,000 at the most. */
  readonly first?: number | undefined
  /** A cursor of the page before. */
  readonly after?: string | undefined
}

/** Which policy of a tenant to take back. */
export interface ClearQuotaInput extends LimitKeyParts {
  readonly tenantId: string
  readonly setBy?: string | null | undefined
}
