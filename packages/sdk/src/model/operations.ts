// Generated from operations.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from './operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type UsageStatus =
  | 'SUCCESS'
  | 'FAILURE'
  | 'RATE_LIMITED';

export type TrackOutcome =
  | 'ACCEPTED'
  | 'DUPLICATE'
  | 'CONFLICT'
  | 'REJECTED';

export type PricingState =
  | 'PRICED'
  | 'UNPRICED'
  | 'REPORTED'
  | 'NOT_APPLICABLE';

export type Granularity =
  | 'HOUR'
  | 'DAY'
  | 'WEEK'
  | 'MONTH';

export type Dimension =
  | 'PROVIDER'
  | 'MODEL'
  | 'OPERATION'
  | 'STATUS'
  | 'CUSTOMER'
  | 'ORGANIZATION'
  | 'PRODUCT'
  | 'FEATURE'
  | 'TIER'
  | 'ENVIRONMENT'
  | 'TASK_TYPE'
  | 'TENANT'
  | 'SESSION';

export type Measure =
  | 'CALLS'
  | 'TOKENS'
  | 'COST'
  | 'ERRORS'
  | 'LATENCY_P95';

export type QuotaMetric =
  | 'REQUESTS'
  | 'TOKENS'
  | 'COST'
  | 'CREDITS'
  | 'OPERATIONS';

export type QuotaWindow =
  | 'MINUTE'
  | 'HOUR'
  | 'DAY'
  | 'WEEK'
  | 'MONTH'
  | 'BILLING_PERIOD';

export type QuotaEnforcement =
  | 'HARD'
  | 'SOFT'
  | 'GRACE';

export type QuotaSource =
  | 'PLAN'
  | 'OVERRIDE';

export type CreditSource =
  | 'PURCHASE'
  | 'PLAN_ALLOWANCE'
  | 'PROMOTION'
  | 'TRIAL'
  | 'REFUND'
  | 'ADJUSTMENT'
  | 'TRANSFER'
  | 'ROLLOVER'
  | 'CORRECTION';

export type QuotaRefusal =
  | 'OVER_LIMIT'
  | 'HOLD_TOO_LARGE'
  | 'UNKNOWN_AMOUNT'
  | 'NO_POLICY'
  | 'TOO_FEW_CREDITS'
  | 'STORE_FAILURE';

export type TimeRangeInput = {
  readonly from: string;
  readonly to: string;
};

export type UsageUnitInput = {
  readonly kind: string;
  readonly quantity: string;
  readonly variant?: string | null | undefined;
};

export type CostRangeInput = {
  readonly atLeast?: string | null | undefined;
  readonly atMost?: string | null | undefined;
};

export type UsageFilterInput = {
  readonly providers?: ReadonlyArray<string> | null | undefined;
  readonly models?: ReadonlyArray<string> | null | undefined;
  readonly operations?: ReadonlyArray<string> | null | undefined;
  readonly statuses?: ReadonlyArray<UsageStatus> | null | undefined;
  readonly customerIds?: ReadonlyArray<string> | null | undefined;
  readonly organizationIds?: ReadonlyArray<string> | null | undefined;
  readonly productIds?: ReadonlyArray<string> | null | undefined;
  readonly featureIds?: ReadonlyArray<string> | null | undefined;
  readonly tiers?: ReadonlyArray<string> | null | undefined;
  readonly environments?: ReadonlyArray<string> | null | undefined;
  readonly taskTypes?: ReadonlyArray<string> | null | undefined;
  readonly missing?: ReadonlyArray<Dimension> | null | undefined;
  readonly sessionIds?: ReadonlyArray<string> | null | undefined;
  readonly requestIds?: ReadonlyArray<string> | null | undefined;
  readonly traceIds?: ReadonlyArray<string> | null | undefined;
  readonly identifiers?: ReadonlyArray<string> | null | undefined;
  readonly pricingStates?: ReadonlyArray<PricingState> | null | undefined;
  readonly cost?: CostRangeInput | null | undefined;
};

export type MetadataInput = {
  readonly customerId?: string | null | undefined;
  readonly organizationId?: string | null | undefined;
  readonly productId?: string | null | undefined;
  readonly featureId?: string | null | undefined;
  readonly subscriptionTier?: string | null | undefined;
  readonly environment?: string | null | undefined;
  readonly taskType?: string | null | undefined;
  readonly sessionId?: string | null | undefined;
  readonly traceId?: string | null | undefined;
  readonly requestId?: string | null | undefined;
  readonly attributes?: unknown;
};

export type QuotaRequestInput = {
  readonly metric: QuotaMetric;
  readonly amount?: string | null | undefined;
  readonly operation?: string | null | undefined;
};

export type EnforceQuotasInput = {
  readonly tenantId?: string | null | undefined;
  readonly requests: ReadonlyArray<QuotaRequestInput>;
  readonly metadata?: MetadataInput | null | undefined;
  readonly provider?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly consume?: boolean | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
};

export type ExtendReservationInput = {
  readonly id: string;
  readonly ttlSeconds: number;
};

export type ReleaseReservationInput = {
  readonly id: string;
};

export type ReserveQuotasInput = {
  readonly tenantId?: string | null | undefined;
  readonly requests: ReadonlyArray<QuotaRequestInput>;
  readonly metadata?: MetadataInput | null | undefined;
  readonly provider?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly ttlSeconds?: number | null | undefined;
};

export type SettleReservationInput = {
  readonly id: string;
  readonly actual?: ReadonlyArray<QuotaRequestInput> | null | undefined;
};

export type TokenUsageInput = {
  readonly input?: number | null | undefined;
  readonly output?: number | null | undefined;
  readonly cacheRead?: number | null | undefined;
  readonly cacheWrite5m?: number | null | undefined;
  readonly cacheWrite1h?: number | null | undefined;
  readonly reasoning?: number | null | undefined;
  readonly audioInput?: number | null | undefined;
  readonly audioOutput?: number | null | undefined;
  readonly imageInput?: number | null | undefined;
  readonly imageOutput?: number | null | undefined;
  readonly cacheWrite30m?: number | null | undefined;
  readonly cacheWrite12h?: number | null | undefined;
  readonly cacheReadAudio?: number | null | undefined;
  readonly cacheReadImage?: number | null | undefined;
  readonly cacheReadVideo?: number | null | undefined;
  readonly videoInput?: number | null | undefined;
  readonly videoOutput?: number | null | undefined;
};

export type UsageEventInput = {
  readonly idempotencyKey?: string | null | undefined;
  readonly occurredAt?: string | null | undefined;
  readonly operation: string;
  readonly status?: UsageStatus | null | undefined;
  readonly provider?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly tokens?: TokenUsageInput | null | undefined;
  readonly units?: ReadonlyArray<UsageUnitInput> | null | undefined;
  readonly quantity?: string | null | undefined;
  readonly reportedCost?: string | null | undefined;
  readonly latencyMs?: number | null | undefined;
  readonly statusCode?: number | null | undefined;
  readonly errorMessage?: string | null | undefined;
  readonly metadata?: MetadataInput | null | undefined;
  readonly serviceTier?: string | null | undefined;
  readonly speed?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly credits?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly resourceType?: string | null | undefined;
  readonly resourceId?: string | null | undefined;
  readonly reservationId?: string | null | undefined;
};

export type TrackUsageInput = {
  readonly tenantId?: string | null | undefined;
  readonly events: ReadonlyArray<UsageEventInput>;
};

export type TrackUsageMutationVariables = Exact<{
  input: TrackUsageInput;
}>;


export type TrackUsageMutation = { readonly trackUsage:
    | { readonly __typename: 'InvalidInputError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly code: string, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: string, readonly message: string }
    | { readonly __typename: 'OverloadedError', readonly retryAfterMs: number, readonly code: string, readonly message: string }
    | { readonly __typename: 'StoreUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'StoppingError', readonly code: string, readonly message: string }
    | { readonly __typename: 'TrackUsagePayload', readonly results: ReadonlyArray<{ readonly outcome: TrackOutcome, readonly reason: string | null, readonly issues: ReadonlyArray<{ readonly path: string }> }> }
   };

export type DecisionFragment = { readonly allowed: boolean, readonly degraded: boolean, readonly results: ReadonlyArray<{ readonly metric: QuotaMetric, readonly operation: string | null, readonly allowed: boolean, readonly refusal: QuotaRefusal | null, readonly limit: string | null, readonly used: string | null, readonly reserved: string | null, readonly remaining: string | null, readonly resetsAt: string | null, readonly retryAfterMs: number | null }> };

export type EnforceQuotasMutationVariables = Exact<{
  input: EnforceQuotasInput;
}>;


export type EnforceQuotasMutation = { readonly enforceQuotas:
    | { readonly __typename: 'InvalidInputError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly code: string, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasOverloadedError', readonly retryAfterMs: number, readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasChangedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'IdempotencyKeyReusedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'EnforceQuotasPayload', readonly decision: { readonly allowed: boolean, readonly degraded: boolean, readonly results: ReadonlyArray<{ readonly metric: QuotaMetric, readonly operation: string | null, readonly allowed: boolean, readonly refusal: QuotaRefusal | null, readonly limit: string | null, readonly used: string | null, readonly reserved: string | null, readonly remaining: string | null, readonly resetsAt: string | null, readonly retryAfterMs: number | null }> } }
   };

export type ReserveQuotasMutationVariables = Exact<{
  input: ReserveQuotasInput;
}>;


export type ReserveQuotasMutation = { readonly reserveQuotas:
    | { readonly __typename: 'InvalidInputError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly code: string, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasOverloadedError', readonly retryAfterMs: number, readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasChangedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ReserveQuotasPayload', readonly reservation: { readonly id: string, readonly expiresAt: string } | null, readonly decision: { readonly allowed: boolean, readonly degraded: boolean, readonly results: ReadonlyArray<{ readonly metric: QuotaMetric, readonly operation: string | null, readonly allowed: boolean, readonly refusal: QuotaRefusal | null, readonly limit: string | null, readonly used: string | null, readonly reserved: string | null, readonly remaining: string | null, readonly resetsAt: string | null, readonly retryAfterMs: number | null }> } }
   };

export type SettleReservationMutationVariables = Exact<{
  input: SettleReservationInput;
}>;


export type SettleReservationMutation = { readonly settleReservation:
    | { readonly __typename: 'InvalidInputError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly code: string, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasOverloadedError', readonly retryAfterMs: number, readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasChangedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ReservationClosedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'SettleReservationPayload', readonly reservation: { readonly expiresAt: string } | null }
   };

export type ReleaseReservationMutationVariables = Exact<{
  input: ReleaseReservationInput;
}>;


export type ReleaseReservationMutation = { readonly releaseReservation:
    | { readonly __typename: 'InvalidInputError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly code: string, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasOverloadedError', readonly retryAfterMs: number, readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasChangedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ReservationClosedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ReleaseReservationPayload', readonly reservation: { readonly expiresAt: string } | null }
   };

export type ExtendReservationMutationVariables = Exact<{
  input: ExtendReservationInput;
}>;


export type ExtendReservationMutation = { readonly extendReservation:
    | { readonly __typename: 'InvalidInputError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly code: string, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasOverloadedError', readonly retryAfterMs: number, readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'QuotasChangedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ReservationClosedError', readonly code: string, readonly message: string }
    | { readonly __typename: 'ExtendReservationPayload', readonly reservation: { readonly expiresAt: string } | null }
   };

export type MeasuresFragment = { readonly calls: number, readonly successes: number, readonly failures: number, readonly rateLimited: number, readonly errorRate: number, readonly cost: string | null, readonly averageCostPerCall: string | null, readonly unpricedCalls: number, readonly customers: number, readonly tokens: { readonly total: string | number, readonly input: string | number, readonly output: string | number, readonly cacheRead: string | number, readonly cacheWrite5m: string | number, readonly cacheWrite1h: string | number, readonly reasoning: string | number, readonly audioInput: string | number, readonly audioOutput: string | number, readonly imageInput: string | number, readonly imageOutput: string | number }, readonly latencyMs: { readonly average: number, readonly p50: number, readonly p95: number, readonly p99: number } | null };

export type UsageQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  range: TimeRangeInput;
  filter?: UsageFilterInput | null | undefined;
  withSeries: boolean;
  granularity: Granularity;
  timeZone?: string | null | undefined;
  withBreakdown: boolean;
  by: ReadonlyArray<Dimension> | Dimension;
  orderBy?: Measure | null | undefined;
  first?: number | null | undefined;
}>;


export type UsageQuery = { readonly usage: { readonly totals: { readonly calls: number, readonly successes: number, readonly failures: number, readonly rateLimited: number, readonly errorRate: number, readonly cost: string | null, readonly averageCostPerCall: string | null, readonly unpricedCalls: number, readonly customers: number, readonly tokens: { readonly total: string | number, readonly input: string | number, readonly output: string | number, readonly cacheRead: string | number, readonly cacheWrite5m: string | number, readonly cacheWrite1h: string | number, readonly reasoning: string | number, readonly audioInput: string | number, readonly audioOutput: string | number, readonly imageInput: string | number, readonly imageOutput: string | number }, readonly latencyMs: { readonly average: number, readonly p50: number, readonly p95: number, readonly p99: number } | null }, readonly series?: ReadonlyArray<{ readonly start: string, readonly measures: { readonly calls: number, readonly successes: number, readonly failures: number, readonly rateLimited: number, readonly errorRate: number, readonly cost: string | null, readonly averageCostPerCall: string | null, readonly unpricedCalls: number, readonly customers: number, readonly tokens: { readonly total: string | number, readonly input: string | number, readonly output: string | number, readonly cacheRead: string | number, readonly cacheWrite5m: string | number, readonly cacheWrite1h: string | number, readonly reasoning: string | number, readonly audioInput: string | number, readonly audioOutput: string | number, readonly imageInput: string | number, readonly imageOutput: string | number }, readonly latencyMs: { readonly average: number, readonly p50: number, readonly p95: number, readonly p99: number } | null } }>, readonly breakdown?: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly dimension: Dimension, readonly value: string | null }>, readonly measures: { readonly calls: number, readonly successes: number, readonly failures: number, readonly rateLimited: number, readonly errorRate: number, readonly cost: string | null, readonly averageCostPerCall: string | null, readonly unpricedCalls: number, readonly customers: number, readonly tokens: { readonly total: string | number, readonly input: string | number, readonly output: string | number, readonly cacheRead: string | number, readonly cacheWrite5m: string | number, readonly cacheWrite1h: string | number, readonly reasoning: string | number, readonly audioInput: string | number, readonly audioOutput: string | number, readonly imageInput: string | number, readonly imageOutput: string | number }, readonly latencyMs: { readonly average: number, readonly p50: number, readonly p95: number, readonly p99: number } | null } }> } };

export type QuotaStatusQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type QuotaStatusQuery = { readonly quotaStatus: { readonly plan: string, readonly anyExceeded: boolean, readonly quotas: ReadonlyArray<{ readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly scope: ReadonlyArray<Dimension>, readonly scopeValue: ReadonlyArray<string | null>, readonly limit: string | null, readonly used: string, readonly reserved: string, readonly remaining: string | null, readonly percentage: string | null, readonly exceeded: boolean, readonly resetsAt: string, readonly enforcement: QuotaEnforcement, readonly source: QuotaSource }> } };

export type WalletQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  customerId?: string | null | undefined;
}>;


export type WalletQuery = { readonly wallet: { readonly id: string, readonly customerId: string | null, readonly balance: string, readonly available: string, readonly reserved: string, readonly consumed: string, readonly currentMonthConsumed: string, readonly grants: ReadonlyArray<{ readonly id: string, readonly amount: string, readonly remaining: string, readonly held: string, readonly source: CreditSource, readonly priority: number, readonly effectiveAt: string, readonly expiresAt: string | null }> } | null };

export type QuotaAlertsSubscriptionVariables = Exact<{
  tenantId?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type QuotaAlertsSubscription = { readonly quotaAlerts: { readonly cursor: string, readonly tenantId: string, readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly scope: ReadonlyArray<Dimension>, readonly scopeValue: ReadonlyArray<string | null>, readonly threshold: string, readonly used: string, readonly limit: string, readonly occurredAt: string } };

export const TRACK_USAGE = "mutation TrackUsage($input:TrackUsageInput!){trackUsage(input:$input){__typename ...on TrackUsagePayload{results{outcome reason issues{path}}}...on OverloadedError{retryAfterMs}...on Error{code message}}}" as Operation<TrackUsageMutation, TrackUsageMutationVariables>
export const ENFORCE_QUOTAS = "mutation EnforceQuotas($input:EnforceQuotasInput!){enforceQuotas(input:$input){__typename ...on EnforceQuotasPayload{decision{...Decision}}...on QuotasOverloadedError{retryAfterMs}...on Error{code message}}}fragment Decision on QuotaDecision{allowed degraded results{metric operation allowed refusal limit used reserved remaining resetsAt retryAfterMs}}" as Operation<EnforceQuotasMutation, EnforceQuotasMutationVariables>
export const RESERVE_QUOTAS = "mutation ReserveQuotas($input:ReserveQuotasInput!){reserveQuotas(input:$input){__typename ...on ReserveQuotasPayload{reservation{id expiresAt}decision{...Decision}}...on QuotasOverloadedError{retryAfterMs}...on Error{code message}}}fragment Decision on QuotaDecision{allowed degraded results{metric operation allowed refusal limit used reserved remaining resetsAt retryAfterMs}}" as Operation<ReserveQuotasMutation, ReserveQuotasMutationVariables>
export const SETTLE_RESERVATION = "mutation SettleReservation($input:SettleReservationInput!){settleReservation(input:$input){__typename ...on SettleReservationPayload{reservation{expiresAt}}...on QuotasOverloadedError{retryAfterMs}...on Error{code message}}}" as Operation<SettleReservationMutation, SettleReservationMutationVariables>
export const RELEASE_RESERVATION = "mutation ReleaseReservation($input:ReleaseReservationInput!){releaseReservation(input:$input){__typename ...on ReleaseReservationPayload{reservation{expiresAt}}...on QuotasOverloadedError{retryAfterMs}...on Error{code message}}}" as Operation<ReleaseReservationMutation, ReleaseReservationMutationVariables>
export const EXTEND_RESERVATION = "mutation ExtendReservation($input:ExtendReservationInput!){extendReservation(input:$input){__typename ...on ExtendReservationPayload{reservation{expiresAt}}...on QuotasOverloadedError{retryAfterMs}...on Error{code message}}}" as Operation<ExtendReservationMutation, ExtendReservationMutationVariables>
export const USAGE = "query Usage($tenantId:ID$range:TimeRangeInput!$filter:UsageFilterInput$withSeries:Boolean!$granularity:Granularity!$timeZone:String$withBreakdown:Boolean!$by:[Dimension!]!$orderBy:Measure$first:Int){usage(tenantId:$tenantId range:$range filter:$filter){totals{...Measures}series(granularity:$granularity timeZone:$timeZone)@include(if:$withSeries){start measures{...Measures}}breakdown(by:$by orderBy:$orderBy first:$first)@include(if:$withBreakdown){key{dimension value}measures{...Measures}}}}fragment Measures on UsageMeasures{calls successes failures rateLimited errorRate cost averageCostPerCall unpricedCalls customers tokens{total input output cacheRead cacheWrite5m cacheWrite1h reasoning audioInput audioOutput imageInput imageOutput}latencyMs{average p50 p95 p99}}" as Operation<UsageQuery, UsageQueryVariables>
export const QUOTA_STATUS = "query QuotaStatus($tenantId:ID){quotaStatus(tenantId:$tenantId){plan anyExceeded quotas{metric operation window scope scopeValue limit used reserved remaining percentage exceeded resetsAt enforcement source}}}" as Operation<QuotaStatusQuery, QuotaStatusQueryVariables>
export const WALLET = "query Wallet($tenantId:ID$customerId:ID){wallet(tenantId:$tenantId customerId:$customerId){id customerId balance available reserved consumed currentMonthConsumed grants{id amount remaining held source priority effectiveAt expiresAt}}}" as Operation<WalletQuery, WalletQueryVariables>
export const QUOTA_ALERTS = "subscription QuotaAlerts($tenantId:ID$after:String){quotaAlerts(tenantId:$tenantId after:$after){cursor tenantId metric operation window scope scopeValue threshold used limit occurredAt}}" as Operation<QuotaAlertsSubscription, QuotaAlertsSubscriptionVariables>