import type { Scope, Transaction } from '@tollgate/kernel'
import type { AlertsQuery, LatestAlertsQuery } from './alert-store.ts'
import type { ClearQuotaInput } from './clear-quota.ts'
import type { ConsumeInput } from './consume.ts'
import type { EnforceInput } from './enforce.ts'
import type { ExtendedReservation, ExtendInput } from './extend.ts'
import type { ChangedReservation, ReservationInput } from './granted-reservations.ts'
import type { QuotaInput } from './find-quota.ts'
import type { HistoryInput } from './list-history.ts'
import type { NearLimitsInput } from './list-near-limits.ts'
import type { OverridesInput } from './list-overrides.ts'
import type { QuotaUsageInput } from './list-quota-usage.ts'
import type { QuotaAlert } from './model/alert.ts'
import type { CursorPage } from './model/cursor-page.ts'
import type { QuotaDecision, ReserveDecision } from './model/decisions/decision.ts'
import type { QuotaOverride } from './model/policies/override.ts'
import type { PastWindow } from './model/limits/past-window.ts'
import type { QuotaPlan } from './model/policies/plan.ts'
import type { QuotaUsage, TenantQuotaUsage } from './model/counters/quota-usage.ts'
import type { ReservationDetails } from './model/decisions/reservation-details.ts'
import type { TenantProfile } from './model/policies/tenant-profile.ts'
import type { PublishPlanInput } from './publish-plan.ts'
import type { QuotaStatus, StatusInput } from './read-status.ts'
import type { ReserveInput } from './reserve.ts'
import type { SetQuotaInput } from './set-quota.ts'
import type { SettleInput } from './settle.ts'

/** Limits on what tenants use. */
export interface Quotas {
  /**
   * Decides whether all amounts fit under all policies that apply, at this moment. Takes nothing, so others may take the
   * amounts in the meantime. With `consume: true`, counts all amounts as used if they fit, or none. Throws `InvalidInput`.
   */
  enforce(input: EnforceInput): Promise<QuotaDecision>
  /** Holds all amounts until they are settled, released or expired; or none, if they do not fit. Throws `InvalidInput`. */
  reserve(input: ReserveInput): Promise<ReserveDecision>
  /**
   * Ends a reservation and counts what was used, more or less than held, in the windows of the time when it was made. Usage is
   * a fact: it is counted even if the reservation has expired, or the usage does not fit. Settling again counts nothing.
   * Throws `ReservationNotFound`, and `ReservationClosed` after a release.
   */
  settle(input: SettleInput): Promise<ChangedReservation>
  /** Ends a reservation without usage. Releasing again does nothing. Throws `ReservationNotFound`, and `ReservationClosed` after a settlement. */
  release(input: ReservationInput): Promise<ChangedReservation>
  /** Extends the reservation of long work until `ttlSeconds` from now. Throws `ReservationNotFound`, and `ReservationClosed` if it has ended or expired. */
  extend(input: ExtendInput): Promise<ExtendedReservation>
  /** Returns at most 1,000 reservations in their current state, in any order. Omits unknown ids, and those that the scope does not include. */
  reservations(scope: Scope, ids: readonly string[]): Promise<readonly ReservationDetails[]>
  /** Counts usage that happened, in the windows of its own time, whether it fits or not. Ends the reservation that it names. */
  consume(usage: ConsumeInput): Promise<void>
  /** Counts usage as part of the transaction that records it. Call it once per transaction, as the last thing. */
  consumeIn(transaction: Transaction, usages: readonly ConsumeInput[]): Promise<void>

  /** Returns all quotas of a tenant. */
  status(input: StatusInput): Promise<QuotaStatus>
  /** Returns one quota and its usage. Undefined if no policy is in effect for the limit. */
  quota(input: QuotaInput): Promise<QuotaUsage | undefined>
  /**
   * Lists the current usage of a tenant's quotas in pages, by limit key and then by scope value, so that usage in the meantime
   * moves nothing. Omits scope values without usage.
   */
  usage(input: QuotaUsageInput): Promise<CursorPage<QuotaUsage>>
  /**
   * Lists quotas of all tenants in the scope that are near their limits or over them, the fullest first. Finds counters by the
   * limit at their last use or change, so a raised limit shows at the next use.
   */
  nearLimits(scope: Scope, input?: NearLimitsInput): Promise<CursorPage<TenantQuotaUsage>>
  /** Lists the usage of a quota in windows that have ended, the latest first. Omits windows without usage. */
  history(input: HistoryInput): Promise<CursorPage<PastWindow>>

  /**
   * Sets a policy for one tenant that replaces its plan's policy for the same metric, operation, window and scope, or adds to
   * the plan. A new counter starts with the recorded usage of its window. A limit that usage has reached already alerts at once.
   * Throws `InvalidInput`.
   */
  setQuota(input: SetQuotaInput): Promise<QuotaOverride>
  /** Removes the tenant's policy for a metric, operation, window and scope; the plan's policy, if any, applies again. */
  clearQuota(input: ClearQuotaInput): Promise<QuotaOverride>
  /** Lists everything that was ever set or cleared for a tenant, the latest first. */
  overrides(input: OverridesInput): Promise<CursorPage<QuotaOverride>>
  /** Lists all plans by name: those that the program was started with, and the published ones in their place. */
  plans(): Promise<readonly QuotaPlan[]>
  /** Publishes a plan, replacing the one with the same name; as part of a transaction, if there is one. Throws `InvalidInput`. */
  publishPlan(input: PublishPlanInput, transaction?: Transaction): Promise<QuotaPlan>
  /**
   * Records that a tenant has another plan, time zone or billing day. Call it whenever `tenants` would return something else,
   * in the transaction that changes it if there is one. Every later decision, in any process, looks the tenant up again. Used
   * amounts stay; in another time zone, windows start at other times and with other counters. `previous`, the profile until
   * now, saves reading usage that is counted already.
   */
  tenantChanged(tenantId: string, transaction?: Transaction, previous?: TenantProfile): Promise<void>

  /** Lists at most 1,000 alerts after a cursor, in the order in which they became visible. A customer has those of its own limits. Throws `InvalidInput`. */
  alerts(scope: Scope, query: AlertsQuery): Promise<readonly QuotaAlert[]>
  /** Lists at most 1,000 alerts before a cursor, the latest first. Throws `InvalidInput`. */
  latestAlerts(scope: Scope, query: LatestAlertsQuery): Promise<readonly QuotaAlert[]>
  /** Returns the cursor of the last visible alert of all tenants, "0" if there is none. All later alerts come after it. */
  lastAlertCursor(): Promise<string>
  /**
   * Removes expired holds and data older than the retention, at most 1,000 rows of each kind, and returns the number of rows. Call
   * it every minute or so, and again at once if it returned 1,000 or more.
   */
  sweep(): Promise<number>
  /** Returns the headroom that this process leased, and leases no more. Everything else continues to work. Call it before the process ends. */
  stop(): Promise<void>
}
