export { InvalidInput, metadata } from '@tollgate/metadata'
export type { AlertListener, AlertOptions, AlertSubscription } from './alerts/follow-alerts.ts'
export type { ClientStats } from './client-stats.ts'
export { createTollgate } from './create-tollgate.ts'
export { EngineFailure, type EngineFailureCode, type EngineFailureOptions, isQuotaExceeded, QuotaExceeded, TollgateError } from './errors.ts'
export type { CallRecord, UsageStatus } from './model/call-record.ts'
export type { DecimalInput } from './model/decimal-input.ts'
export type { TimeInput } from './model/time-input.ts'
export type { EngineAmount, QuotaAmount, QuotaDecision, QuotaMetric, QuotaRefusal, QuotaRequest, QuotaResult, WhenUnavailable } from './model/quota-decision.ts'
export type { TrackOutcome, TrackReceipt } from './model/track-receipt.ts'
export type { CallClock, Platform } from './platform.ts'
export type { Recorder } from './recorder.ts'
export type { EnforceOptions, QuotaContext, Reservation, ReserveOptions } from './reservation.ts'
export type { AiUsage, ComputeUsage, Tollgate, UsageAttributes, UsageQueryInput } from './tollgate.ts'
export type { CallResult, UsageTracker } from './usage-tracker.ts'
export type { Operation } from './model/operation.ts'
export type { UsageEventInput } from './model/operations.ts'
export type { Spool, SpooledEvent, SpoolPosition, SpoolStats } from './spool-store.ts'
export type {
  EngineCall,
  QuotaAlert,
  QuotaQuestion,
  QuotaStatus,
  ReserveResult,
  TollgateEngine,
  TrackResult,
  UsageReport,
  UsageReportQuery,
  Wallet,
} from './tollgate-engine.ts'
export type { ClientOptions, DeliveryOptions, EngineOptions, ServerOptions, TollgateOptions } from './tollgate-options.ts'
export { type FinishedCall, type FunctionMeterOptions, meter, type MeterableFunction } from './functions/meter-function.ts'
export { metered } from './functions/metered.ts'
export { meterAnthropic } from './wrappers/meter-anthropic.ts'
export { meterBedrock } from './wrappers/meter-bedrock.ts'
export { meterGoogle } from './wrappers/meter-google.ts'
export type { ProviderClient } from './wrappers/meter-client.ts'
export { meterOpenAI } from './wrappers/meter-openai.ts'
export { tollgateMiddleware, type TollgateMiddleware } from './wrappers/tollgate-middleware.ts'
export type { PlannedCall, WrapperOptions, WrapperTollgate } from './wrappers/wrapper-options.ts'
