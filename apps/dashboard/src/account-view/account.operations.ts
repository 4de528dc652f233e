// Generated from account.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type UsageStatus =
  | 'SUCCESS'
  | 'FAILURE'
  | 'RATE_LIMITED';

export type PricingState =
  | 'PRICED'
  | 'UNPRICED'
  | 'REPORTED'
  | 'NOT_APPLICABLE';

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

export type CreditAlertKind =
  | 'LOW_BALANCE'
  | 'EXHAUSTED'
  | 'EXPIRING_SOON'
  | 'TOP_UP_REQUESTED'
  | 'TOP_UP_FAILED';

export type TimeRangeInput = {
  readonly from: string;
  readonly to: string;
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

export type AccountUsageQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  filter?: UsageFilterInput | null | undefined;
}>;


export type AccountUsageQuery = { readonly today: { readonly timeZone: string, readonly totals: { readonly calls: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null }, readonly previous: { readonly totals: { readonly calls: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null } } }, readonly month: { readonly totals: { readonly calls: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null }, readonly previous: { readonly totals: { readonly calls: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null } } } };

export type AccountMeasuresFragment = { readonly calls: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null };

export type AccountQuotasQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  customerId?: string | null | undefined;
}>;


export type AccountQuotasQuery = { readonly quotaStatus: { readonly quotas: ReadonlyArray<{ readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly scope: ReadonlyArray<Dimension>, readonly scopeValue: ReadonlyArray<string | null>, readonly limit: string | null, readonly used: string, readonly percentage: string | null, readonly exceeded: boolean, readonly resetsAt: string, readonly policy: { readonly sliding: boolean } }> } };

export type AccountCreditsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  customerId?: string | null | undefined;
  range: TimeRangeInput;
}>;


export type AccountCreditsQuery = { readonly wallet: { readonly id: string, readonly balance: string, readonly available: string, readonly reserved: string, readonly currentMonthConsumed: string, readonly grants: ReadonlyArray<{ readonly id: string, readonly remaining: string, readonly expiresAt: string | null }> } | null, readonly creditBurnDown: ReadonlyArray<{ readonly from: string, readonly consumed: string, readonly balance: string }> };

export type AccountEventsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  range: TimeRangeInput;
  filter?: UsageFilterInput | null | undefined;
}>;


export type AccountEventsQuery = { readonly usageEvents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly occurredAt: string, readonly operation: string, readonly status: UsageStatus, readonly model: string | null, readonly cost: string | null, readonly pricingState: PricingState, readonly latencyMs: number | null, readonly tokens: { readonly total: string | number } | null, readonly metadata: { readonly customerId: string | null } }> } };

export type AccountAlertsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  customerId?: string | null | undefined;
  quotas: boolean;
  credits: boolean;
}>;


export type AccountAlertsQuery = { readonly quotaAlerts?: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly sliding: boolean, readonly scopeValue: ReadonlyArray<string | null>, readonly threshold: string, readonly used: string, readonly limit: string, readonly occurredAt: string }> }, readonly creditAlertHistory?: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: CreditAlertKind, readonly customerId: string | null, readonly threshold: string | null, readonly balance: string, readonly daysLeft: string | null, readonly expiresAt: string | null, readonly expiring: string | null, readonly topUpAmount: string | null, readonly reason: string | null, readonly occurredAt: string }> } };

export const ACCOUNT_USAGE = "query AccountUsage($tenantId:ID$filter:UsageFilterInput){today:usage(tenantId:$tenantId period:TODAY filter:$filter){timeZone totals{...AccountMeasures}previous{totals{...AccountMeasures}}}month:usage(tenantId:$tenantId period:THIS_MONTH filter:$filter){totals{...AccountMeasures}previous{totals{...AccountMeasures}}}}fragment AccountMeasures on UsageMeasures{calls errorRate cost charge currency tokens{total}latencyMs{p95}}" as Operation<AccountUsageQuery, AccountUsageQueryVariables>
export const ACCOUNT_QUOTAS = "query AccountQuotas($tenantId:ID$customerId:ID){quotaStatus(tenantId:$tenantId customerId:$customerId first:5){quotas{metric operation window scope scopeValue limit used percentage exceeded resetsAt policy{sliding}}}}" as Operation<AccountQuotasQuery, AccountQuotasQueryVariables>
export const ACCOUNT_CREDITS = "query AccountCredits($tenantId:ID$customerId:ID$range:TimeRangeInput!){wallet(tenantId:$tenantId customerId:$customerId){id balance available reserved currentMonthConsumed grants{id remaining expiresAt}}creditBurnDown(tenantId:$tenantId customerId:$customerId range:$range){from consumed balance}}" as Operation<AccountCreditsQuery, AccountCreditsQueryVariables>
export const ACCOUNT_EVENTS = "query AccountEvents($tenantId:ID$range:TimeRangeInput!$filter:UsageFilterInput){usageEvents(tenantId:$tenantId range:$range filter:$filter first:10){nodes{id occurredAt operation status model cost pricingState latencyMs tokens{total}metadata{customerId}}}}" as Operation<AccountEventsQuery, AccountEventsQueryVariables>
export const ACCOUNT_ALERTS = "query AccountAlerts($tenantId:ID$customerId:ID$quotas:Boolean!$credits:Boolean!){quotaAlerts(tenantId:$tenantId customerId:$customerId first:24)@include(if:$quotas){nodes{id metric operation window sliding scopeValue threshold used limit occurredAt}}creditAlertHistory(tenantId:$tenantId customerId:$customerId first:8)@include(if:$credits){nodes{id kind customerId threshold balance daysLeft expiresAt expiring topUpAmount reason occurredAt}}}" as Operation<AccountAlertsQuery, AccountAlertsQueryVariables>