export type { MetadataDraft } from '@tollgate/metadata'
export { createUsage, type UsageDependencies } from './create-usage.ts'
export { type Dimension, DIMENSIONS, type DimensionSet, dimensionsOf } from './dimension.ts'
export { Overloaded, StoreUnavailable, UsageStopped } from './errors.ts'
export type { CheckedEvent, PricingState, RatedEvent, Rating, UsageEvent, UsageEventDraft, UsageStatus } from './event.ts'
export { EVENT_LIMITS, MAX_BATCH_EVENTS } from './event-limits.ts'
export { GROUP_COMMIT_LIMITS, type GroupCommitLimits } from './group-commit.ts'
export { LATENCY_RELATIVE_ERROR, latencyBin, type LatencyBinCount, summarizeLatency, ZERO_LATENCY_BIN } from './latency-sketch.ts'
export { averageCostPerCall, errorCalls, errorRate, type LatencySummary, NO_USAGE, type OrderMeasure, type UsageMeasures } from './measures.ts'
export type { Rater } from './rater.ts'
export type { NewRejectedEvent, RejectedEvent, RejectedEventPage, RejectedEventsQuery, RejectedEventStore } from './rejected-event-store.ts'
export { rejectionFingerprint } from './rejection-fingerprint.ts'
export { MAX_REJECTED_PAYLOAD_BYTES } from './rejected-payload.ts'
export { MAX_FILTER_VALUES, MAX_PAGE_SIZE, MAX_SERIES_POINTS } from './report-input.ts'
export type { MaintenanceProgress, RollupDifference, RollupMaintenance } from './rollup-maintenance.ts'
export type { Granularity, TrackedEvent, Usage, UsageGroup, UsagePoint, UsageReport } from './usage.ts'
export type {
  Committed,
  CommitOutcome,
  EventPage,
  EventPosition,
  EventsQuery,
  IngestConsequence,
  MeasuredGroup,
  MeasureQuery,
  UsageFilter,
  UsageStore,
} from './usage-store.ts'
