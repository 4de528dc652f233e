export type { MetadataDraft } from '@tollgate/metadata'
export { type CorrectionHook, createRerating } from './create-rerating.ts'
export { createUsage } from './create-usage.ts'
export { MAX_SINGLE_EVENT_DAYS } from './engine/check-report.ts'
export { latencyBin, summarizeLatency } from './engine/latency-sketch.ts'
export { rejectionFingerprint } from './engine/rejection-fingerprint.ts'
export type { CommitOutcome, Committed } from './model/committed.ts'
export type { CostCorrection } from './model/cost-correction.ts'
export { type Dimension, DIMENSIONS, dimensionsOf } from './model/dimension.ts'
export type { EffectiveEvent, RatingCorrection } from './model/effective-event.ts'
export { Overloaded, StoreUnavailable, UsageStopped } from './model/errors.ts'
export { EVENT_LIMITS, MAX_BATCH_EVENTS } from './model/event-limits.ts'
export type {
  CheckedEvent,
  PricingState,
  RateableEvent,
  RatedEvent,
  RaterResult,
  Rating,
  UsageEvent,
  UsageEventDraft,
  UsageStatus,
  UsageUnitDraft,
} from './model/event.ts'
export type { UnpricedReasonCount } from './model/measure-details.ts'
export { averageCostPerCall, errorCalls, errorRate, type LatencySummary, NO_USAGE, type OrderMeasure, type UsageMeasures } from './model/measures.ts'
export { type ChangeTotals, costDifference, type EventChange, type PeriodChanges, type RatingChanges, SAMPLED_CHANGES } from './model/rating-changes.ts'
export { RatingRunEnded, RatingRunInProgress, RatingRunLost, RatingRunUnknown } from './model/rating-run-errors.ts'
export type { RatingRun, RatingRunState } from './model/rating-run.ts'
export type { RatingSelection, RatingSelectionDraft } from './model/rating-selection.ts'
export type { NewRejectedEvent, RejectedEvent } from './model/rejected-event.ts'
export type { TokenTotals } from './model/token-totals.ts'
export { filterByDimensions, filterLists, selectsSingleEvents, type UsageFilter } from './model/usage-filter.ts'
export type { Rater } from './rater.ts'
export type { RejectedEventsQuery, RejectedEventStore } from './rejected-event-store.ts'
export type { ReratingStore } from './rerating-store.ts'
export type { RatingJob, RatingPreview, Rerating } from './rerating.ts'
export type { RollupDifference, RollupMaintenance } from './rollup-maintenance.ts'
export type { UsageObserver } from './usage-observer.ts'
export type { CallCounter, CallCounts } from './call-counter.ts'
export type { CommitHook, CostBasis, EventPosition, EventsQuery, MeasuredGroup, MeasureQuery, UsageStore } from './usage-store.ts'
export type { TrackedEvent } from './model/tracked-event.ts'
export type { Granularity, Usage, UsageGroup, UsagePoint, UsageReport } from './usage.ts'
