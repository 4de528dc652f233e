import type { AttributeValue, Metadata, MetadataSource } from '@tollgate/metadata'
import type { AlertListener, AlertOptions, AlertSubscription } from './alerts/follow-alerts.ts'
import type { ClientStats } from './client-stats.ts'
import type { Operation } from './model/operation.ts'
import type { QuotaStatus, UsageReport, UsageReportQuery, Wallet } from './tollgate-engine.ts'
import type { CallRecord } from './model/call-record.ts'
import type { DecimalInput } from './model/decimal-input.ts'
import type { QuotaDecision, QuotaMetric, QuotaRequest, QuotaResult } from './model/quota-decision.ts'
import type { TimeInput } from './model/time-input.ts'
import type { TrackReceipt } from './model/track-receipt.ts'
import type { Recorder } from './recorder.ts'
import type { EnforceOptions, Reservation, ReserveOptions } from './reservation.ts'
import type { UsageTracker } from './usage-tracker.ts'

/** The client. Its `record`, `track…`, `flush` and `close` never reject. */
export interface Tollgate extends Recorder, AsyncDisposable {
  /** Records a call as it is. The other methods that track are shorthands of it. */
  record(call: CallRecord): Promise<TrackReceipt>
  /** Records an AI call. */
  trackAiCall(call: CallRecord): Promise<TrackReceipt>
  /** Starts to track a call. Fields of metadata among the attributes are that; the others are custom attributes. */
  trackUsage(operation: string, attributes?: UsageAttributes): UsageTracker
  /** Records work that uses no model: `operation`, and its `quantity` or `credits`. */
  trackCompute(action: CallRecord & { readonly operation: string }): Promise<TrackReceipt>
  /** Records many calls. Returns one receipt for each, in the same order. */
  trackBulk(calls: readonly CallRecord[]): Promise<TrackReceipt[]>
  /** Records an AI call of a user, by its number of input and output tokens. */
  trackAiUsage(usage: AiUsage): Promise<TrackReceipt>
  /** Records a compute action of a user, and the credits that it takes. */
  trackComputeUsage(usage: ComputeUsage): Promise<TrackReceipt>

  /** Returns whether the amount fits, and counts nothing unless `consume` is set. */
  enforceQuota(
    metric: QuotaMetric | Lowercase<QuotaMetric>,
    amount: DecimalInput | null,
    options?: EnforceOptions & { readonly operation?: string },
  ): Promise<QuotaResult>
  /** Returns whether all amounts fit. */
  enforceQuotas(requests: readonly QuotaRequest[], options?: EnforceOptions): Promise<QuotaDecision>
  /** Holds the amounts. Throws `QuotaExceeded` if they do not fit. */
  reserve(requests: readonly QuotaRequest[], options?: ReserveOptions): Promise<Reservation>

  /** Runs work whose calls are all attributed to `metadata`, also after an `await`. */
  run<Result>(metadata: MetadataSource, work: (metadata: Metadata) => Result): Result
  /** Attributes calls to `metadata` until the scope ends: `using scope = tollgate.scope(…)`. See `metadataScope` of @tollgate/metadata. */
  scope(metadata: MetadataSource): Disposable

  /** Reports usage over a range of time. Rejects if Tollgate does not answer. */
  usage(query: UsageQueryInput): Promise<UsageReport>
  /** Returns the quotas, and what is used of them. Rejects if Tollgate does not answer. */
  quotaStatus(query?: { readonly tenantId?: string }): Promise<QuotaStatus>
  /** Returns the wallet of the tenant, or of a customer; null if there is none. Rejects if Tollgate does not answer. */
  wallet(query?: { readonly customerId?: string; readonly tenantId?: string }): Promise<Wallet | null>
  /** Sends any GraphQL operation, typed by a document of GraphQL Code Generator. Rejects if Tollgate does not answer. */
  query<Result, Variables>(operation: Operation<Result, Variables>, variables: Variables): Promise<Result>
  /** Follows quota alerts, each once and in order, over lost connections too. */
  onAlert(listener: AlertListener, options?: AlertOptions): AlertSubscription

  /**
   * Sends what is queued. Resolves with `stats()` when it was answered, when Tollgate refuses the API key, or after the given time:
   * `queued` is 0 if everything was sent, and otherwise `failure` says why not.
   */
  flush(options?: { readonly timeoutMs?: number }): Promise<ClientStats>
  /** Flushes and stops. Resolves with `stats()`. Calls that are recorded later are dropped. */
  close(options?: { readonly timeoutMs?: number }): Promise<ClientStats>
  /** Returns what the client has done, and what it still has to do. */
  stats(): ClientStats
}

/** What to report, and of which tenant. */
export interface UsageQueryInput extends Omit<UsageReportQuery, 'range'> {
  /** From inclusive to exclusive. */
  readonly range: { readonly from: TimeInput; readonly to: TimeInput }
  /** Only for operator keys. */
  readonly tenantId?: string
}

/** Attributes of a tracked operation: fields of metadata such as `sessionId`, and custom attributes. */
export type UsageAttributes = Readonly<Record<string, AttributeValue | null | undefined>>

/** What both kinds of usage of a user have. */
interface UserUsage {
  /** The user or customer that is charged: `customerId` of the metadata. */
  readonly userId: string
  /** Operation, such as "ai_chat_message". */
  readonly actionType: string
  readonly description?: string | undefined
  readonly resourceId?: string | undefined
  readonly resourceType?: string | undefined
  /** Custom attributes. */
  readonly metadata?: Readonly<Record<string, AttributeValue>> | undefined
}

/** An AI call of a user. */
export interface AiUsage extends UserUsage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly model: string
  /** Defaults to the provider whose models have such names, if that is certain. */
  readonly provider?: string | undefined
}

/** A compute action of a user. */
export interface ComputeUsage extends UserUsage {
  readonly credits: DecimalInput
}
