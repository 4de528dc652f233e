// Generated from overview.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AlertKind =
  | 'QUOTA_EXCEEDED'
  | 'LATENCY_P99'
  | 'ERROR_RATE'
  | 'COST_ANOMALY'
  | 'VERIFICATION_FAILED';

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

export type UsagePeriod =
  | 'TODAY'
  | 'YESTERDAY'
  | 'LAST_7_DAYS'
  | 'LAST_30_DAYS'
  | 'THIS_MONTH'
  | 'LAST_MONTH'
  | 'BILLING_PERIOD';

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

export type TimeRangeInput = {
  readonly from: string;
  readonly to: string;
};

export type OverviewQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  period: UsagePeriod;
  granularity: Granularity;
  timeZone: string;
}>;


export type OverviewQuery = { readonly usage: { readonly from: string, readonly to: string, readonly totals: { readonly calls: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null }, readonly previous: { readonly totals: { readonly calls: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null } }, readonly change: { readonly calls: number | null, readonly errors: number | null, readonly tokens: number | null, readonly cost: number | null, readonly charge: number | null }, readonly series: ReadonlyArray<{ readonly start: string, readonly measures: { readonly calls: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null } }> } };

export type OverviewByGroupQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  period: UsagePeriod;
  granularity: Granularity;
  by: ReadonlyArray<Dimension> | Dimension;
  timeZone: string;
}>;


export type OverviewByGroupQuery = { readonly usage: { readonly groupedSeries: { readonly groupCount: number, readonly series: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly points: ReadonlyArray<{ readonly start: string, readonly measures: { readonly cost: string | null, readonly charge: string | null } }> }>, readonly other: ReadonlyArray<{ readonly start: string, readonly measures: { readonly cost: string | null, readonly charge: string | null } }> | null } } };

export type TopConsumersQueryVariables = Exact<{
  range: TimeRangeInput;
}>;


export type TopConsumersQuery = { readonly topConsumers: ReadonlyArray<{ readonly tenant: { readonly id: string, readonly name: string }, readonly measures: { readonly calls: number, readonly cost: string | null, readonly currency: string, readonly errorRate: number } }> };

export type NearLimitsQueryVariables = Exact<{ [key: string]: never; }>;


export type NearLimitsQuery = { readonly exceededQuotas: { readonly nodes: ReadonlyArray<{ readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly scopeValue: ReadonlyArray<string | null>, readonly limit: string | null, readonly used: string, readonly percentage: string | null, readonly resetsAt: string, readonly tenant: { readonly id: string, readonly name: string } }> } };

export type OpenAlertsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type OpenAlertsQuery = { readonly alerts: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: AlertKind, readonly message: string, readonly raisedAt: string, readonly tenant: { readonly id: string, readonly name: string } | null }> } };

export type MeasuresFragment = { readonly calls: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null };

export const OVERVIEW = "query Overview($tenantId:ID$period:UsagePeriod!$granularity:Granularity!$timeZone:String!){usage(tenantId:$tenantId period:$period timeZone:$timeZone){from to totals{...Measures}previous{totals{...Measures}}change{calls errors tokens cost charge}series(granularity:$granularity timeZone:$timeZone){start measures{...Measures}}}}fragment Measures on UsageMeasures{calls errorRate cost charge currency tokens{total}latencyMs{p95}}" as Operation<OverviewQuery, OverviewQueryVariables>
export const OVERVIEW_BY_GROUP = "query OverviewByGroup($tenantId:ID$period:UsagePeriod!$granularity:Granularity!$by:[Dimension!]!$timeZone:String!){usage(tenantId:$tenantId period:$period timeZone:$timeZone){groupedSeries(granularity:$granularity by:$by timeZone:$timeZone first:7){groupCount series{key{value}points{start measures{cost charge}}}other{start measures{cost charge}}}}}" as Operation<OverviewByGroupQuery, OverviewByGroupQueryVariables>
export const TOP_CONSUMERS = "query TopConsumers($range:TimeRangeInput!){topConsumers(metric:COST range:$range first:8){tenant{id name}measures{calls cost currency errorRate}}}" as Operation<TopConsumersQuery, TopConsumersQueryVariables>
export const NEAR_LIMITS = "query NearLimits{exceededQuotas(atLeastPercent:\"80\" first:8){nodes{tenant{id name}metric operation window scopeValue limit used percentage resetsAt}}}" as Operation<NearLimitsQuery, NearLimitsQueryVariables>
export const OPEN_ALERTS = "query OpenAlerts($tenantId:ID){alerts(tenantId:$tenantId state:RAISED first:8){nodes{id kind message raisedAt tenant{id name}}}}" as Operation<OpenAlertsQuery, OpenAlertsQueryVariables>