// Generated from explore-groups.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
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

export type UsageGroupsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  period?: UsagePeriod | null | undefined;
  range?: TimeRangeInput | null | undefined;
  timeZone: string;
  filter?: UsageFilterInput | null | undefined;
  by: ReadonlyArray<Dimension> | Dimension;
  isGrouped: boolean;
  orderBy: Measure;
  first: number;
  isCompared: boolean;
}>;


export type UsageGroupsQuery = { readonly usage: { readonly from: string, readonly to: string, readonly totals: { readonly calls: number, readonly successes: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly unpricedCalls: number, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null }, readonly groups?: { readonly groupCount: number, readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly dimension: Dimension, readonly value: string | null }>, readonly measures: { readonly calls: number, readonly successes: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly unpricedCalls: number, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null } }>, readonly other: { readonly calls: number, readonly successes: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly unpricedCalls: number, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null } | null }, readonly previous?: { readonly from: string, readonly to: string, readonly totals: { readonly calls: number, readonly successes: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly unpricedCalls: number, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null }, readonly groups?: { readonly groupCount: number, readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly dimension: Dimension, readonly value: string | null }>, readonly measures: { readonly calls: number, readonly successes: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly unpricedCalls: number, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null } }> } } } };

export type RowFragment = { readonly calls: number, readonly successes: number, readonly errorRate: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string, readonly unpricedCalls: number, readonly tokens: { readonly total: string | number }, readonly latencyMs: { readonly p95: number } | null };

export const USAGE_GROUPS = "query UsageGroups($tenantId:ID$period:UsagePeriod$range:TimeRangeInput$timeZone:String!$filter:UsageFilterInput$by:[Dimension!]!$isGrouped:Boolean!$orderBy:Measure!$first:Int!$isCompared:Boolean!){usage(tenantId:$tenantId period:$period range:$range timeZone:$timeZone filter:$filter){from to totals{...Row}groups(by:$by orderBy:$orderBy first:$first)@include(if:$isGrouped){groupCount groups{key{dimension value}measures{...Row}}other{...Row}}previous@include(if:$isCompared){from to totals{...Row}groups(by:$by orderBy:$orderBy first:500)@include(if:$isGrouped){groupCount groups{key{dimension value}measures{...Row}}}}}}fragment Row on UsageMeasures{calls successes errorRate tokens{total}cost charge currency unpricedCalls latencyMs{p95}}" as Operation<UsageGroupsQuery, UsageGroupsQueryVariables>