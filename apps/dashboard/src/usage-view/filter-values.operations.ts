// Generated from filter-values.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
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

export type UsagePeriod =
  | 'TODAY'
  | 'YESTERDAY'
  | 'LAST_7_DAYS'
  | 'LAST_30_DAYS'
  | 'THIS_MONTH'
  | 'LAST_MONTH'
  | 'BILLING_PERIOD';

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

export type FilterValuesQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  period?: UsagePeriod | null | undefined;
  range?: TimeRangeInput | null | undefined;
  timeZone: string;
  filter?: UsageFilterInput | null | undefined;
  by: ReadonlyArray<Dimension> | Dimension;
}>;


export type FilterValuesQuery = { readonly usage: { readonly breakdown: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> } };

export const FILTER_VALUES = "query FilterValues($tenantId:ID$period:UsagePeriod$range:TimeRangeInput$timeZone:String!$filter:UsageFilterInput$by:[Dimension!]!){usage(tenantId:$tenantId period:$period range:$range timeZone:$timeZone filter:$filter){breakdown(by:$by orderBy:CALLS first:200){key{value}measures{calls}}}}" as Operation<FilterValuesQuery, FilterValuesQueryVariables>