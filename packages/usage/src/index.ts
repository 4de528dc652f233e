export type { MetadataDraft } from '@tollgate/metadata'
export { createUsage, type UsageDependencies } from './create-usage.ts'
export { type Dimension, DIMENSIONS, type DimensionSet, dimensionsOf } from './dimension.ts'
export { Overloaded, StoreUnavailable, UsageStopped } from './errors.ts'
export type { CheckedEvent, PricingState, RateableEvent, RatedEvent, Rating, UsageEvent, UsageEventDraft, UsageStatus } from './event.ts'
export { EVENT_LIMITS, MAX_BATCH_EVENTS } from './event-limits.ts'
export { type FilterList, filterLists } from './filter-dimensions.ts'
export { GROUP_COMMIT_LIMITS, type GroupCommitLimits } from './group-commit.ts'
export { LATENCY_RELATIVE_ERROR, latencyBin, type LatencyBinCount, summarizeLatency, ZERO_LATENCY_BIN } from './latency-sketch.ts'
export { averageCostPerCall, errorCalls, errorRate, type LatencySummary, NO_USAGE, type OrderMeasure, type UsageMeasures } from './measures.ts'
export type { Rater } from './rater.ts'
export type { NewRejectedEvent, RejectedEvent, RejectedEventPage, RejectedEventsQuery, RejectedEventStore } from './rejected-event-store.ts'
export { rejectionFingerprint } from './rejection-fingerprint.ts'
export { MAX_REJECTED_PAYLOAD_BYTES } from './rejected-payload.ts'
export { MAX_FILTER_VALUES, MAX_PAGE_SIZE, MAX_SERIES_POINTS } from './report-input.ts'
export type { CostCorrection } from './rerating/cost-correction.ts'
export { createRerating, type ReratingDependencies } from './rerating/create-rerating.ts'
export { RatingRunEnded, RatingRunInProgress, RatingRunLost, RatingRunUnknown } from './rerating/errors.ts'
export { type ChangeTotals, costDifference, type EventChange, type PeriodChanges, type RatingChanges, SAMPLED_CHANGES } from './rerating/rating-changes.ts'
export type { RatingRun, RatingRunState } from './rerating/rating-run.ts'
export type { RatingSelection, RatingSelectionDraft } from './rerating/rating-selection.ts'
export type { PreviewOptions, RatingJob, RatingPreview, RatingProgress, RatingRequest, Rerating, WorkOptions } from './rerating/rerating.ts'
export type { ClaimedRun, EffectiveEvent, NewRatingRun, PlacedChange, RatingChunk, RatingStep, ReratingStore } from './rerating/rerating-store.ts'
export type { MaintenanceProgress, RollupDifference, RollupMaintenance } from './rollup-maintenance.ts'
export type { Granularity, TrackedEvent, Usage, UsageGroup, UsagePoint, UsageReport } from './usage.ts'
export type {
  Committed,
  CommitOutcome,
  CostBasis,
  EventPage,
  EventPosition,
  EventsQuery,
  IngestConsequence,
  MeasuredGroup,
  MeasureQuery,
  UsageFilter,
  UsageStore,
} from './usage-store.ts'
