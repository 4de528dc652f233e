// Generated from explore-latency.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
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

export type Measure =
  | 'CALLS'
  | 'TOKENS'
  | 'COST'
  | 'ERRORS'
  | 'LATENCY_P95';

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

export type UsageLatencyQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  period?: UsagePeriod | null | undefined;
  range?: TimeRangeInput | null | undefined;
  timeZone: string;
  filter?: UsageFilterInput | null | undefined;
  granularity: Granularity;
  by: ReadonlyArray<Dimension> | Dimension;
  orderBy: Measure;
}>;


export type UsageLatencyQuery = { readonly usage: { readonly groupedSeries: { readonly groupCount: number, readonly series: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly points: ReadonlyArray<{ readonly start: string, readonly measures: { readonly latencyMs: { readonly p95: number } | null } }> }>, readonly other: ReadonlyArray<{ readonly start: string, readonly measures: { readonly latencyMs: { readonly p95: number } | null } }> | null } } };

export const USAGE_LATENCY = "query UsageLatency($tenantId:ID$period:UsagePeriod$range:TimeRangeInput$timeZone:String!$filter:UsageFilterInput$granularity:Granularity!$by:[Dimension!]!$orderBy:Measure!){usage(tenantId:$tenantId period:$period range:$range timeZone:$timeZone filter:$filter){groupedSeries(granularity:$granularity by:$by orderBy:$orderBy first:7){groupCount series{key{value}points{start measures{latencyMs{p95}}}}other{start measures{latencyMs{p95}}}}}}" as Operation<UsageLatencyQuery, UsageLatencyQueryVariables>