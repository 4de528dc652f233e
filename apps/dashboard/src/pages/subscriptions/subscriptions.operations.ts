// Generated from subscriptions.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type FeeInterval =
  | 'MONTH'
  | 'YEAR';

export type BillingSubscriptionStatus =
  | 'SCHEDULED'
  | 'TRIALING'
  | 'ACTIVE'
  | 'PAUSED'
  | 'CANCELLED'
  | 'EXPIRED';

export type BillingPhaseState =
  | 'TRIAL'
  | 'ACTIVE'
  | 'PAUSED';

export type SubscriptionChangeTime =
  | 'NOW'
  | 'PERIOD_END';

export type ChangePlanInput = {
  readonly tenantId: string;
  readonly revision?: number | null | undefined;
  readonly plan: string;
  readonly seats?: number | null | undefined;
  readonly at?: SubscriptionChangeTime | null | undefined;
};

export type CancelSubscriptionInput = {
  readonly tenantId: string;
  readonly revision?: number | null | undefined;
  readonly at?: SubscriptionChangeTime | null | undefined;
};

export type SubscribeInput = {
  readonly tenantId: string;
  readonly plan: string;
  readonly seats?: number | null | undefined;
  readonly from?: string | null | undefined;
  readonly anchorDay?: number | null | undefined;
};

export type RevenueQueryVariables = Exact<{
  since: string;
  currency?: string | null | undefined;
}>;


export type RevenueQuery = { readonly recurringRevenue: { readonly at: string, readonly currency: string, readonly mrr: string, readonly arr: string, readonly payingTenants: number, readonly movements: { readonly new: string, readonly expansion: string, readonly contraction: string, readonly churn: string, readonly reactivation: string } } };

export type PlansQueryVariables = Exact<{ [key: string]: never; }>;


export type PlansQuery = { readonly billingPlans: ReadonlyArray<{ readonly key: string, readonly title: string, readonly description: string | null, readonly currency: string, readonly recurringFee: string, readonly feeInterval: FeeInterval, readonly trialDays: number, readonly seats: { readonly included: number } | null }> };

export type TenantSubscriptionQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type TenantSubscriptionQuery = { readonly subscription: { readonly id: string, readonly status: BillingSubscriptionStatus, readonly seats: number, readonly currency: string, readonly timeZone: string, readonly startedAt: string, readonly trialEndsAt: string | null, readonly cancelsAt: string | null, readonly endedAt: string | null, readonly revision: number, readonly plan: { readonly key: string, readonly title: string } | null, readonly currentPeriod: { readonly from: string, readonly to: string }, readonly phases: ReadonlyArray<{ readonly from: string, readonly to: string | null, readonly state: BillingPhaseState, readonly planKey: string, readonly seats: number }> } | null };

export type SubscribeMutationVariables = Exact<{
  input: SubscribeInput;
}>;


export type SubscribeMutation = { readonly subscribe:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'OverlappingSubscriptionError', readonly message: string }
    | { readonly __typename: 'SubscribePayload' }
   };

export type ChangePlanMutationVariables = Exact<{
  input: ChangePlanInput;
}>;


export type ChangePlanMutation = { readonly changePlan:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ChangeInThePastError', readonly message: string }
    | { readonly __typename: 'SubscriptionNotChangeableError', readonly message: string }
    | { readonly __typename: 'SubscriptionChangedError', readonly message: string }
    | { readonly __typename: 'ChangePlanPayload' }
   };

export type CancelSubscriptionMutationVariables = Exact<{
  input: CancelSubscriptionInput;
}>;


export type CancelSubscriptionMutation = { readonly cancelSubscription:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ChangeInThePastError', readonly message: string }
    | { readonly __typename: 'SubscriptionNotChangeableError', readonly message: string }
    | { readonly __typename: 'SubscriptionChangedError', readonly message: string }
    | { readonly __typename: 'CancelSubscriptionPayload' }
   };

export const REVENUE = "query Revenue($since:DateTime!$currency:String){recurringRevenue(since:$since currency:$currency){at currency mrr arr payingTenants movements{new expansion contraction churn reactivation}}}" as Operation<RevenueQuery, RevenueQueryVariables>
export const PLANS = "query Plans{billingPlans{key title description currency recurringFee feeInterval trialDays seats{included}}}" as Operation<PlansQuery, PlansQueryVariables>
export const TENANT_SUBSCRIPTION = "query TenantSubscription($tenantId:ID){subscription(tenantId:$tenantId){id status seats currency timeZone startedAt trialEndsAt cancelsAt endedAt revision plan{key title}currentPeriod{from to}phases{from to state planKey seats}}}" as Operation<TenantSubscriptionQuery, TenantSubscriptionQueryVariables>
export const SUBSCRIBE = "mutation Subscribe($input:SubscribeInput!){subscribe(input:$input){__typename ...on Error{message}...on InvalidInputError{issues{path message}}}}" as Operation<SubscribeMutation, SubscribeMutationVariables>
export const CHANGE_PLAN = "mutation ChangePlan($input:ChangePlanInput!){changePlan(input:$input){__typename ...on Error{message}...on InvalidInputError{issues{path message}}}}" as Operation<ChangePlanMutation, ChangePlanMutationVariables>
export const CANCEL_SUBSCRIPTION = "mutation CancelSubscription($input:CancelSubscriptionInput!){cancelSubscription(input:$input){__typename ...on Error{message}}}" as Operation<CancelSubscriptionMutation, CancelSubscriptionMutationVariables>