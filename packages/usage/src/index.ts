export { type Dimension, DIMENSIONS, type DimensionSet, dimensionsOf } from './dimension.ts'
export type { CheckedEvent, MetadataDraft, PricingState, RatedEvent, Rating, UsageEvent, UsageEventDraft, UsageStatus } from './event.ts'
export type { LatencySummary, OrderMeasure, UsageMeasures } from './measures.ts'
export type { Rater } from './rater.ts'
export type { Granularity, TrackedEvent, Usage, UsageGroup, UsagePoint, UsageReport } from './usage.ts'
export type {
  Committed,
  CommitOutcome,
  EventPage,
  EventPosition,
  EventsQuery,
  IngestConsequence,
  MaintenanceProgress,
  MeasuredGroup,
  MeasureQuery,
  RejectedEvent,
  RejectedEventStore,
  RollupDifference,
  RollupMaintenance,
  UsageFilter,
  UsageStore,
} from './usage-store.ts'
