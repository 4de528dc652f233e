// Generated from quotas.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
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

export type QuotaEnforcement =
  | 'HARD'
  | 'SOFT'
  | 'GRACE';

export type QuotaSource =
  | 'PLAN'
  | 'OVERRIDE';

export type QuotaFailureMode =
  | 'ALLOW'
  | 'DENY';

export type QuotaGraceInput =
  {   readonly percent: string; readonly amount?: never; }
  |  { readonly percent?: never;   readonly amount: string; };

export type QuotaLeaseInput = {
  readonly ttlSeconds?: number | null | undefined;
};

export type ClearQuotaInput = {
  readonly tenantId: string;
  readonly metric: QuotaMetric;
  readonly operation?: string | null | undefined;
  readonly window: QuotaWindow;
  readonly sliding?: boolean | null | undefined;
  readonly scope?: ReadonlyArray<Dimension> | null | undefined;
};

export type SetQuotaInput = {
  readonly tenantId: string;
  readonly metric: QuotaMetric;
  readonly operation?: string | null | undefined;
  readonly window: QuotaWindow;
  readonly sliding?: boolean | null | undefined;
  readonly scope?: ReadonlyArray<Dimension> | null | undefined;
  readonly limit?: string | null | undefined;
  readonly enforcement?: QuotaEnforcement | null | undefined;
  readonly grace?: QuotaGraceInput | null | undefined;
  readonly alertAt?: ReadonlyArray<string> | null | undefined;
  readonly largestHold?: string | null | undefined;
  readonly unknownAmount?: QuotaFailureMode | null | undefined;
  readonly storeFailure?: QuotaFailureMode | null | undefined;
  readonly lease?: QuotaLeaseInput | null | undefined;
  readonly validFrom?: string | null | undefined;
  readonly validTo?: string | null | undefined;
};

export type QuotasOfTenantQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type QuotasOfTenantQuery = { readonly quotaUsage: { readonly nodes: ReadonlyArray<{ readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly scope: ReadonlyArray<Dimension>, readonly scopeValue: ReadonlyArray<string | null>, readonly limit: string | null, readonly used: string, readonly reserved: string, readonly percentage: string | null, readonly exceeded: boolean, readonly resetsAt: string, readonly enforcement: QuotaEnforcement, readonly source: QuotaSource, readonly tenant: { readonly id: string, readonly name: string }, readonly policy: { readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly sliding: boolean, readonly scope: ReadonlyArray<Dimension>, readonly limit: string | null, readonly enforcement: QuotaEnforcement, readonly alertAt: ReadonlyArray<string>, readonly largestHold: string | null, readonly unknownAmount: QuotaFailureMode, readonly storeFailure: QuotaFailureMode, readonly validFrom: string | null, readonly validTo: string | null, readonly source: QuotaSource, readonly grace: { readonly percent: string | null, readonly amount: string | null } | null, readonly lease: { readonly ttlSeconds: number } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type QuotasNearLimitQueryVariables = Exact<{
  atLeastPercent: string;
  first: number;
  after?: string | null | undefined;
}>;


export type QuotasNearLimitQuery = { readonly exceededQuotas: { readonly nodes: ReadonlyArray<{ readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly scope: ReadonlyArray<Dimension>, readonly scopeValue: ReadonlyArray<string | null>, readonly limit: string | null, readonly used: string, readonly reserved: string, readonly percentage: string | null, readonly exceeded: boolean, readonly resetsAt: string, readonly enforcement: QuotaEnforcement, readonly source: QuotaSource, readonly tenant: { readonly id: string, readonly name: string }, readonly policy: { readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly sliding: boolean, readonly scope: ReadonlyArray<Dimension>, readonly limit: string | null, readonly enforcement: QuotaEnforcement, readonly alertAt: ReadonlyArray<string>, readonly largestHold: string | null, readonly unknownAmount: QuotaFailureMode, readonly storeFailure: QuotaFailureMode, readonly validFrom: string | null, readonly validTo: string | null, readonly source: QuotaSource, readonly grace: { readonly percent: string | null, readonly amount: string | null } | null, readonly lease: { readonly ttlSeconds: number } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type QuotaLimitsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type QuotaLimitsQuery = { readonly quotaStatus: { readonly plan: string, readonly quotas: ReadonlyArray<{ readonly policy: { readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly sliding: boolean, readonly scope: ReadonlyArray<Dimension>, readonly limit: string | null, readonly enforcement: QuotaEnforcement, readonly alertAt: ReadonlyArray<string>, readonly largestHold: string | null, readonly unknownAmount: QuotaFailureMode, readonly storeFailure: QuotaFailureMode, readonly validFrom: string | null, readonly validTo: string | null, readonly source: QuotaSource, readonly grace: { readonly percent: string | null, readonly amount: string | null } | null, readonly lease: { readonly ttlSeconds: number } | null } }> } };

export type QuotaHistoryQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  metric: QuotaMetric;
  operation?: string | null | undefined;
  window: QuotaWindow;
  scope?: ReadonlyArray<Dimension> | Dimension | null | undefined;
  scopeValue?: ReadonlyArray<string | null | undefined> | string | null | undefined;
}>;


export type QuotaHistoryQuery = { readonly quotaHistory: { readonly nodes: ReadonlyArray<{ readonly from: string, readonly to: string, readonly used: string, readonly limit: string | null }> } };

export type SetQuotaMutationVariables = Exact<{
  input: SetQuotaInput;
}>;


export type SetQuotaMutation = { readonly setQuota:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'SetQuotaPayload' }
   };

export type ClearQuotaMutationVariables = Exact<{
  input: ClearQuotaInput;
}>;


export type ClearQuotaMutation = { readonly clearQuota:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ClearQuotaPayload' }
   };

export type QuotaRowFragment = { readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly scope: ReadonlyArray<Dimension>, readonly scopeValue: ReadonlyArray<string | null>, readonly limit: string | null, readonly used: string, readonly reserved: string, readonly percentage: string | null, readonly exceeded: boolean, readonly resetsAt: string, readonly enforcement: QuotaEnforcement, readonly source: QuotaSource, readonly tenant: { readonly id: string, readonly name: string }, readonly policy: { readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly sliding: boolean, readonly scope: ReadonlyArray<Dimension>, readonly limit: string | null, readonly enforcement: QuotaEnforcement, readonly alertAt: ReadonlyArray<string>, readonly largestHold: string | null, readonly unknownAmount: QuotaFailureMode, readonly storeFailure: QuotaFailureMode, readonly validFrom: string | null, readonly validTo: string | null, readonly source: QuotaSource, readonly grace: { readonly percent: string | null, readonly amount: string | null } | null, readonly lease: { readonly ttlSeconds: number } | null } };

export type LimitFragment = { readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly sliding: boolean, readonly scope: ReadonlyArray<Dimension>, readonly limit: string | null, readonly enforcement: QuotaEnforcement, readonly alertAt: ReadonlyArray<string>, readonly largestHold: string | null, readonly unknownAmount: QuotaFailureMode, readonly storeFailure: QuotaFailureMode, readonly validFrom: string | null, readonly validTo: string | null, readonly source: QuotaSource, readonly grace: { readonly percent: string | null, readonly amount: string | null } | null, readonly lease: { readonly ttlSeconds: number } | null };

export const QUOTAS_OF_TENANT = "query QuotasOfTenant($tenantId:ID$first:Int!$after:String){quotaUsage(tenantId:$tenantId first:$first after:$after){nodes{...QuotaRow}pageInfo{hasNextPage endCursor}}}fragment QuotaRow on Quota{tenant{id name}metric operation window scope scopeValue limit used reserved percentage exceeded resetsAt enforcement source policy{...Limit}}fragment Limit on QuotaPolicy{metric operation window sliding scope limit enforcement grace{percent amount}alertAt largestHold unknownAmount storeFailure lease{ttlSeconds}validFrom validTo source}" as Operation<QuotasOfTenantQuery, QuotasOfTenantQueryVariables>
export const QUOTAS_NEAR_LIMIT = "query QuotasNearLimit($atLeastPercent:Decimal!$first:Int!$after:String){exceededQuotas(atLeastPercent:$atLeastPercent first:$first after:$after){nodes{...QuotaRow}pageInfo{hasNextPage endCursor}}}fragment QuotaRow on Quota{tenant{id name}metric operation window scope scopeValue limit used reserved percentage exceeded resetsAt enforcement source policy{...Limit}}fragment Limit on QuotaPolicy{metric operation window sliding scope limit enforcement grace{percent amount}alertAt largestHold unknownAmount storeFailure lease{ttlSeconds}validFrom validTo source}" as Operation<QuotasNearLimitQuery, QuotasNearLimitQueryVariables>
export const QUOTA_LIMITS = "query QuotaLimits($tenantId:ID){quotaStatus(tenantId:$tenantId first:1){plan quotas{policy{...Limit}}}}fragment Limit on QuotaPolicy{metric operation window sliding scope limit enforcement grace{percent amount}alertAt largestHold unknownAmount storeFailure lease{ttlSeconds}validFrom validTo source}" as Operation<QuotaLimitsQuery, QuotaLimitsQueryVariables>
export const QUOTA_HISTORY = "query QuotaHistory($tenantId:ID$metric:QuotaMetric!$operation:String$window:QuotaWindow!$scope:[Dimension!]$scopeValue:[String]){quotaHistory(tenantId:$tenantId metric:$metric operation:$operation window:$window scope:$scope scopeValue:$scopeValue first:30){nodes{from to used limit}}}" as Operation<QuotaHistoryQuery, QuotaHistoryQueryVariables>
export const SET_QUOTA = "mutation SetQuota($input:SetQuotaInput!){setQuota(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SetQuotaMutation, SetQuotaMutationVariables>
export const CLEAR_QUOTA = "mutation ClearQuota($input:ClearQuotaInput!){clearQuota(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<ClearQuotaMutation, ClearQuotaMutationVariables>