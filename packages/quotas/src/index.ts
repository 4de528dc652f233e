export type { QuotaAlert } from './alerts/alert.ts'
export { applyCommand } from './counters/apply-command.ts'
export type {
  DecideCommand,
  Decided,
  Done,
  ExtendCommand,
  LeaseCommand,
  Leased,
  OpenCommand,
  QuotaCommand,
  QuotaOutcome,
  Recalling,
  RecordCommand,
  ReleaseCommand,
  Stale,
} from './counters/command.ts'
export type { Counter } from './counters/counter.ts'
export { createQuotas, type PlansByTenant, type PoliciesForAll, type QuotasOptions } from './create-quotas.ts'
export type { Demand, Refusal, Verdict } from './decisions/demand.ts'
export { PoliciesUnsettled, QuotasOverloaded, QuotaStoreUnavailable, ReservationClosed, ReservationNotFound, UnknownPlan } from './errors.ts'
export type { LeaseSchedule } from './leases/lease-schedule.ts'
export type { LeaseTerms } from './leases/lease-terms.ts'
export { QUOTA_METRICS, type QuotaMetric } from './policies/metric.ts'
export { checkPlan, type PlanDraft, type QuotaPlan } from './policies/plan.ts'
export { DEFAULT_ALERTS, type Grace, type FailureMode, type PolicySource, type QuotaEnforcement, type QuotaPolicy } from './policies/policy.ts'
export type { PolicySnapshot, QuotaOverride } from './policies/policy-book.ts'
export type { Amount, PolicyDraft } from './policies/policy-draft.ts'
export { type DimensionValues, QUOTA_DIMENSIONS, type QuotaDimension } from './policies/quota-dimension.ts'
export type { CounterState, Hold, QuotaState, ReservationRecord } from './counters/quota-state.ts'
export type {
  AlertsQuery,
  CountersQuery,
  QuotaStore,
  FullnessCursor,
  LeaseRecallListener,
  OldLeasesQuery,
  HistoryQuery,
  NearLimitReading,
  NearLimitsQuery,
  OpenCounters,
  PastReading,
  LimitQuery,
  LimitReading,
  UsageQuery,
  StoredReservation,
  SweepQuery,
} from './quota-store.ts'
export type { CounterReading, CounterShown } from './counters/counter-reading.ts'
export type { CursorPage } from './views/cursor-page.ts'
export type { QuotaRetention } from './retention.ts'
export { QUOTA_WINDOWS, type QuotaCalendar, type QuotaWindow, type WindowBounds } from './windows/quota-window.ts'
export type {
  ClearQuotaInput,
  EnforceInput,
  HistoryInput,
  NearLimitsInput,
  PastWindow,
  OverridesInput,
  QuotaCheck,
  QuotaDecision,
  QuotaQuestion,
  QuotaRequest,
  QuotaResult,
  Quotas,
  QuotaUsage,
  QuotaStatus,
  ConsumeInput,
  ReservationInput,
  ReservationDetails,
  ReserveDecision,
  ReserveInput,
  SetQuotaInput,
  SettleInput,
  QuotaUsageInput,
  StatusInput,
  TenantQuotaUsage,
} from './quotas.ts'
export type { Reservation, ReservationState, ReservedAmount } from './reservations/reservation.ts'
export type { LimitKeyParts } from './policies/limit-key.ts'
export { standardPlans } from './policies/standard-plans.ts'
export type { RecordedUsage, RecordedUsageQuery, RecordedUsageSum } from './openings/usage-so-far.ts'
export type { TenantProfile, TenantProfiles } from './policies/tenant-policies.ts'
