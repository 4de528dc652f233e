// Generated from quota-plans.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type MetadataAction =
  | 'HASH'
  | 'DROP'
  | 'TRUNCATE';

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

export type QuotaFailureMode =
  | 'ALLOW'
  | 'DENY';

export type MetadataRuleInput = {
  readonly field: string;
  readonly action: MetadataAction;
  readonly length?: number | null | undefined;
};

export type UpdateTenantInput = {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly tier?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly currency?: string | null | undefined;
  readonly billingAnchorDay?: number | null | undefined;
  readonly metadataRules?: ReadonlyArray<MetadataRuleInput> | null | undefined;
};

export type QuotaGraceInput =
  {   readonly percent: string; readonly amount?: never; }
  |  { readonly percent?: never;   readonly amount: string; };

export type QuotaLeaseInput = {
  readonly ttlSeconds?: number | null | undefined;
};

export type QuotaPolicyInput = {
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

export type PublishQuotaPlanInput = {
  readonly name: string;
  readonly unlisted: QuotaFailureMode;
  readonly policies: ReadonlyArray<QuotaPolicyInput>;
};

export type QuotaPlansQueryVariables = Exact<{ [key: string]: never; }>;


export type QuotaPlansQuery = { readonly quotaPlans: ReadonlyArray<{ readonly name: string, readonly unlisted: QuotaFailureMode, readonly policies: ReadonlyArray<{ readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly sliding: boolean, readonly scope: ReadonlyArray<Dimension>, readonly limit: string | null, readonly enforcement: QuotaEnforcement, readonly alertAt: ReadonlyArray<string>, readonly largestHold: string | null, readonly unknownAmount: QuotaFailureMode, readonly storeFailure: QuotaFailureMode, readonly validFrom: string | null, readonly validTo: string | null, readonly grace: { readonly percent: string | null, readonly amount: string | null } | null, readonly lease: { readonly ttlSeconds: number } | null }> }> };

export type PublishQuotaPlanMutationVariables = Exact<{
  input: PublishQuotaPlanInput;
}>;


export type PublishQuotaPlanMutation = { readonly publishQuotaPlan:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'PublishQuotaPlanPayload' }
   };

export type PutOnPlanMutationVariables = Exact<{
  input: UpdateTenantInput;
}>;


export type PutOnPlanMutation = { readonly updateTenant:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'UpdateTenantPayload' }
   };

export type PlanLimitFragment = { readonly metric: QuotaMetric, readonly operation: string | null, readonly window: QuotaWindow, readonly sliding: boolean, readonly scope: ReadonlyArray<Dimension>, readonly limit: string | null, readonly enforcement: QuotaEnforcement, readonly alertAt: ReadonlyArray<string>, readonly largestHold: string | null, readonly unknownAmount: QuotaFailureMode, readonly storeFailure: QuotaFailureMode, readonly validFrom: string | null, readonly validTo: string | null, readonly grace: { readonly percent: string | null, readonly amount: string | null } | null, readonly lease: { readonly ttlSeconds: number } | null };

export const QUOTA_PLANS = "query QuotaPlans{quotaPlans{name unlisted policies{...PlanLimit}}}fragment PlanLimit on QuotaPolicy{metric operation window sliding scope limit enforcement grace{percent amount}alertAt largestHold unknownAmount storeFailure lease{ttlSeconds}validFrom validTo}" as Operation<QuotaPlansQuery, QuotaPlansQueryVariables>
export const PUBLISH_QUOTA_PLAN = "mutation PublishQuotaPlan($input:PublishQuotaPlanInput!){publishQuotaPlan(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<PublishQuotaPlanMutation, PublishQuotaPlanMutationVariables>
export const PUT_ON_PLAN = "mutation PutOnPlan($input:UpdateTenantInput!){updateTenant(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<PutOnPlanMutation, PutOnPlanMutationVariables>