export type { QuotaAlert } from './alert.ts'
export { applyCommand } from './apply-command.ts'
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
} from './command.ts'
export type { Counter } from './counter.ts'
export { createQuotas, type PlansByTenant, type PoliciesForAll, type QuotasOptions } from './create-quotas.ts'
export type { Demand, Refusal, Verdict } from './demand.ts'
export { PoliciesUnsettled, QuotasOverloaded, QuotaStoreUnavailable, ReservationClosed, ReservationNotFound, UnknownPlan } from './errors.ts'
export type { LeaseSchedule } from './leases/lease-schedule.ts'
export type { LeaseTerms } from './leases/lease-terms.ts'
export { QUOTA_METRICS, type QuotaMetric } from './metric.ts'
export { checkPlan, type PlanDraft, type QuotaPlan } from './plan.ts'
export { DEFAULT_ALERTS, type Grace, type Otherwise, type PolicySource, type QuotaEnforcement, type QuotaPolicy } from './policy.ts'
export type { PolicyBook, QuotaOverride } from './policy-book.ts'
export type { Amount, PolicyDraft } from './policy-draft.ts'
export { type DimensionValues, QUOTA_DIMENSIONS, type QuotaDimension } from './quota-dimension.ts'
export type { CounterState, Hold, QuotaState, ReservationRecord } from './quota-state.ts'
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
  SlotQuery,
  SlotReading,
  StandingsQuery,
  StoredReservation,
  SweepQuery,
} from './quota-store.ts'
export type { CounterReading, CounterShown } from './counter-reading.ts'
export type { QuotaRetention } from './retention.ts'
export { QUOTA_WINDOWS, type QuotaCalendar, type QuotaWindow, type WindowBounds } from './quota-window.ts'
export type {
  ClearQuotaInput,
  EnforceInput,
  HistoryInput,
  NearLimitsInput,
  PastWindow,
  OverridesInput,
  QuotaCheck,
  QuotaDecision,
  QuotaHistory,
  QuotaOverrides,
  QuotaQuestion,
  QuotaRequest,
  QuotaResult,
  Quotas,
  QuotaStanding,
  QuotaStandings,
  QuotaStatus,
  QuotaUsage,
  ReservationInput,
  ReservationStanding,
  ReserveDecision,
  ReserveInput,
  SetQuotaInput,
  SettleInput,
  StandingsInput,
  StatusInput,
  TenantStandings,
} from './quotas.ts'
export type { Reservation, ReservationState, ReservedAmount } from './reservation.ts'
export type { SlotParts } from './slot.ts'
export { standardPlans } from './standard-plans.ts'
export type { UsageSoFar, UsedQuery, UsedSum } from './usage-so-far.ts'
export type { TenantProfile, TenantProfiles } from './tenant-policies.ts'
